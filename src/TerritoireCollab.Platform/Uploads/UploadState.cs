namespace TerritoireCollab.Platform.Uploads;

/// <summary>How far an upload has come.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Offset">Bytes that came.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="ExpiresAt">When it is given up.</param>
public sealed record UploadState(string Name, long Offset, long Length, DateTime ExpiresAt)
{
    /// <summary>Whether all came.</summary>
    public bool IsWhole => Offset == Length;
}
