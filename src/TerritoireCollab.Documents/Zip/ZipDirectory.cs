using System.Buffers.Binary;
using System.IO.Compression;

namespace TerritoireCollab.Documents.Zip;

/// <summary>
/// Reads a zip archive within limits (APPNOTE 6.3.10, Zip64 included): what the directory says is never trusted, what is unpacked is counted.
/// The framework's own reader takes any number of members and believes their names and sizes.
/// </summary>
public sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50;
    private const uint Locator64Signature = 0x07064b50;
    private const uint MemberSignature = 0x02014b50;
    private const uint HeaderSignature = 0x04034b50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int MemberLength = 46;
    private const int HeaderLength = 30;
    private const int Zip64 = 1;

    // No disk holds more, and sums of such numbers do not overflow.
    private const long MostBytes = 1L << 56;

    private readonly Stream _stream;
    private readonly UnpackBudget _budget;
    private readonly long _prefix;

    private ZipDirectory(Stream stream, ZipLimits limits, long prefix, IReadOnlyList<ZipMember> members)
    {
        _stream = stream;
        _budget = new(limits);
        _prefix = prefix;
        Members = members;
    }

    /// <summary>What the archive holds, in the order of its directory.</summary>
    public IReadOnlyList<ZipMember> Members { get; }

    /// <summary>Reads the directory.</summary>
    /// <param name="stream">Seekable; used by every stream opened from here, so one at a time, and not closed.</param>
    /// <param name="limits">Limits, for the directory and for all that is opened from it.</param>
    /// <exception cref="DocumentException">The file is no archive, is damaged, or holds too much.</exception>
    public static ZipDirectory Open(Stream stream, ZipLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        var end = FindEnd(stream);
        if (end.Size > limits.DirectoryBytes) throw new DocumentException(DocumentFault.TooLarge);

        var bytes = new byte[end.Size];
        ReadAt(stream, end.Start, bytes);
        return new(stream, limits, end.Start - end.Offset, ReadMembers(bytes, limits));
    }

    /// <summary>Whether a file begins as an archive does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start is [0x50, 0x4b, 0x03, 0x04, ..] or [0x50, 0x4b, 0x05, 0x06, ..];

    /// <summary>Opens a member: a stream that fails when a limit is met, or when what was read is not what was packed.</summary>
    /// <exception cref="DocumentException">The member is encrypted, packed in a way that is not read here, or not where the directory says.</exception>
    public Stream OpenMember(ZipMember member, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (member.IsEncrypted) throw new DocumentException(DocumentFault.Encrypted);
        if (!member.IsReadable) throw new DocumentException(DocumentFault.Unsupported);

        var packed = new PackedStream(_stream, DataOffset(member), member.PackedLength);
        Stream data = member.Method == ZipMember.Deflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        return new UnpackedStream(data, member, _budget, cancellationToken);
    }

    private long DataOffset(ZipMember member)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var start = member.HeaderOffset + _prefix;
        ReadAt(_stream, start, header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != HeaderSignature) throw new DocumentException(DocumentFault.Broken);

        var offset = start + HeaderLength + UInt16(header, 26) + UInt16(header, 28);
        return offset + member.PackedLength <= _stream.Length ? offset : throw new DocumentException(DocumentFault.Broken);
    }

    private static List<ZipMember> ReadMembers(ReadOnlySpan<byte> bytes, ZipLimits limits)
    {
        var members = new List<ZipMember>();
        while (bytes.Length >= MemberLength && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == MemberSignature)
        {
            // The count of the end record is a promise too.
            if (members.Count == limits.Members) throw new DocumentException(DocumentFault.TooManyMembers);

            var length = MemberLength + UInt16(bytes, 28) + UInt16(bytes, 30) + UInt16(bytes, 32);
            if (length > bytes.Length) throw new DocumentException(DocumentFault.Broken);

            members.Add(ReadMember(bytes[..length]));
            bytes = bytes[length..];
        }

        return members;
    }

    private static ZipMember ReadMember(ReadOnlySpan<byte> bytes)
    {
        int nameLength = UInt16(bytes, 28), extraLength = UInt16(bytes, 30);
        var extra = bytes.Slice(MemberLength + nameLength, extraLength);
        var name = ZipNames.Decode(bytes.Slice(MemberLength, nameLength), extra);
        var (unpacked, packed, offset) = Sizes(bytes, ExtraFields.Find(extra, Zip64));
        if (packed is < 0 or > MostBytes || unpacked is < 0 or > MostBytes || offset is < 0 or > MostBytes) throw new DocumentException(DocumentFault.Broken);

        var unixMode = UnixMode(bytes);
        return new ZipMember
        {
            Name = name,
            DeclaredLength = unpacked,
            PackedLength = packed,
            HeaderOffset = offset,
            Modified = DosTime(UInt16(bytes, 14), UInt16(bytes, 12)),
            IsEncrypted = (UInt16(bytes, 8) & 1) != 0,
            IsFolder = name is [.., '/' or '\\'] || unixMode == 0x4000,
            IsSpecial = unixMode is not (0 or 0x4000 or 0x8000),
            Method = UInt16(bytes, 10),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        };
    }

    // Fields of 32 bits that are full stand in the extra field, in this order.
    private static (long Unpacked, long Packed, long Offset) Sizes(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> extra)
    {
        long unpacked = UInt32(bytes, 24), packed = UInt32(bytes, 20), offset = UInt32(bytes, 42);
        Take(ref unpacked, ref extra);
        Take(ref packed, ref extra);
        Take(ref offset, ref extra);
        return (unpacked, packed, offset);
    }

    private static void Take(ref long value, ref ReadOnlySpan<byte> extra)
    {
        if (value != uint.MaxValue || extra.Length < 8) return;
        value = BinaryPrimitives.ReadInt64LittleEndian(extra);
        extra = extra[8..];
    }

    // Type of file, where the archive was made on Unix (3) or a Mac (19): elsewhere those bits mean nothing.
    private static int UnixMode(ReadOnlySpan<byte> bytes) => bytes[5] is 3 or 19 ? UInt16(bytes, 40) & 0xf000 : 0;

    private static DateTime? DosTime(int date, int time)
    {
        int year = 1980 + (date >> 9), month = (date >> 5) & 15, day = date & 31, hour = time >> 11, minute = (time >> 5) & 63, second = (time & 31) * 2;
        var isDate = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
        return isDate ? new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified) : null;
    }

    /// <summary>Where the directory is.</summary>
    /// <param name="Count">Members.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="Start">In the file.</param>
    /// <param name="Offset">As written: the difference is what stands before the archive (a self-extracting program).</param>
    private readonly record struct End(long Count, long Size, long Start, long Offset);

    private static End FindEnd(Stream stream)
    {
        var tail = new byte[(int)Math.Min(stream.Length, EndLength + ushort.MaxValue + LocatorLength)];
        var tailStart = stream.Length - tail.Length;
        ReadAt(stream, tailStart, tail);
        for (var i = tail.Length - EndLength; i >= 0; i--)
        {
            var record = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == EndSignature && UInt16(record, 20) <= record.Length - EndLength)
                return ReadEnd(stream, record, tailStart + i);
        }

        throw new DocumentException(DocumentFault.Broken);
    }

    private static End ReadEnd(Stream stream, ReadOnlySpan<byte> record, long at)
    {
        var end = new End(UInt16(record, 10), UInt32(record, 12), at - UInt32(record, 12), UInt32(record, 16));
        if (end is { Count: ushort.MaxValue } or { Size: uint.MaxValue } or { Offset: uint.MaxValue }) end = ReadEnd64(stream, at) ?? end;
        var isSound = end is { Start: >= 0, Offset: >= 0, Size: >= 0 and <= MostBytes, Count: >= 0 } && end.Size <= stream.Length - end.Start && end.Start >= end.Offset;
        return isSound ? end : throw new DocumentException(DocumentFault.Broken);
    }

    private static End? ReadEnd64(Stream stream, long at)
    {
        if (at < LocatorLength) return null;

        Span<byte> locator = stackalloc byte[LocatorLength];
        ReadAt(stream, at - LocatorLength, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != Locator64Signature) return null;

        // What stands before the archive moves the record too: it ends where its locator begins.
        Span<byte> record = stackalloc byte[56];
        foreach (var start in (ReadOnlySpan<long>)[BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), at - LocatorLength - record.Length])
        {
            if (start < 0 || start > stream.Length - record.Length) continue;

            ReadAt(stream, start, record);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) != End64Signature) continue;

            var size = BinaryPrimitives.ReadInt64LittleEndian(record[40..]);
            return new End(BinaryPrimitives.ReadInt64LittleEndian(record[32..]), size, start - size, BinaryPrimitives.ReadInt64LittleEndian(record[48..]));
        }

        throw new DocumentException(DocumentFault.Broken);
    }

    private static void ReadAt(Stream stream, long position, Span<byte> bytes)
    {
        if (position < 0 || position > stream.Length - bytes.Length) throw new DocumentException(DocumentFault.Broken);
        stream.Position = position;
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new DocumentException(DocumentFault.Broken);
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
