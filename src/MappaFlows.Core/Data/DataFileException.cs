namespace MappaFlows.Core.Data;

/// <summary>A data file that cannot be used. It names every problem that was found, so that they can be put right in one go.</summary>
public sealed class DataFileException : FormatException
{
    public DataFileException(string file, IReadOnlyList<string> problems, Exception? cause = null)
        : base($"{file} cannot be used. {string.Join(" ", problems)}", cause)
    {
        File = file;
        Problems = problems;
    }

    /// <summary>What the file is, such as "The clocks".</summary>
    public string File { get; }

    /// <summary>One sentence for each problem, in the order of the file.</summary>
    public IReadOnlyList<string> Problems { get; }
}
