namespace MappaFlows.Tables;

/// <summary>Files and folders that their owner alone can read, on systems that know such rights.</summary>
public static class OwnerOnly
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, or takes the rights of others on it away.</summary>
    public static string Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return path;
        }

        if (Directory.Exists(path)) Restrict(path, FolderMode700);
        else Directory.CreateDirectory(path, FolderMode700);
        return path;
    }

    /// <summary>How to open such a file. A file that is there keeps its rights.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access = FileAccess.Write, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open) options.UnixCreateMode = FileMode600;
        return options;
    }

    /// <summary>Makes the file, empty, before someone makes it readable to all; or takes the rights of others away.</summary>
    public static void File(string path)
    {
        using (new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)))
        {
        }

        if (!OperatingSystem.IsWindows()) Restrict(path, FileMode600);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Restrict(string path, UnixFileMode mode)
    {
        try
        {
            System.IO.File.SetUnixFileMode(path, mode);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // It is someone else's, who decides who may read it; or the file system knows no rights.
        }
    }
}
