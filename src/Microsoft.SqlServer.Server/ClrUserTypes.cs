namespace Microsoft.SqlServer.Server;

/// <summary>Storage format of a CLR user-defined type. Present because SqlClient refers to it by name; the product stores no such type.</summary>
public enum Format
{
    /// <summary>Not known.</summary>
    Unknown = 0,
    /// <summary>Fields written one after the other by the runtime.</summary>
    Native = 1,
    /// <summary>Written by the type itself through <see cref="IBinarySerialize"/>.</summary>
    UserDefined = 2,
}

/// <summary>A CLR user-defined type that writes itself.</summary>
public interface IBinarySerialize
{
    /// <summary>Fills the value from <paramref name="r"/>.</summary>
    void Read(BinaryReader r);

    /// <summary>Writes the value to <paramref name="w"/>.</summary>
    void Write(BinaryWriter w);
}

/// <summary>Marks a CLR user-defined type.</summary>
/// <param name="format">How its values are stored.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How its values are stored.</summary>
    public Format Format { get; } = format;

    /// <summary>Largest size of a value, in bytes; -1 for no limit.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether all values have the same length.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether comparing the bytes compares the values.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>Name of the type on the server.</summary>
    public string? Name { get; set; }

    /// <summary>Method that checks a value.</summary>
    public string? ValidationMethodName { get; set; }
}

/// <summary>Says that a type is no valid CLR user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception for <paramref name="udtType"/>.</summary>
    public static InvalidUdtException Create(Type udtType, string resourceReason) => new($"{udtType}: {resourceReason}");
}
