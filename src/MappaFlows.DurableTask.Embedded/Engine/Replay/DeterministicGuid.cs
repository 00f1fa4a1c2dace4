using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>Name-based ids (RFC 9562, version 5): the same execution and counter give the same id in every replay.</summary>
internal static class DeterministicGuid
{
    public static Guid Create(Guid execution, string instanceId, int counter)
    {
        var bytes = new byte[16 + sizeof(int) + Encoding.UTF8.GetByteCount(instanceId)];
        execution.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), counter);
        Encoding.UTF8.GetBytes(instanceId, bytes.AsSpan(20));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The id that the specification of a name-based GUID asks for; no secret hangs on it.
        SHA1.HashData(bytes, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
