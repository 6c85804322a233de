using TerritoireCollab.Documents.Resources;

namespace TerritoireCollab.Documents;

/// <summary>Why a file could not be read, or not to its end.</summary>
public enum DocumentFault
{
    /// <summary>Not what its name says, cut off, or damaged.</summary>
    Broken,

    /// <summary>Protected by a password.</summary>
    Encrypted,

    /// <summary>Unpacks to more than is allowed, whatever it declares.</summary>
    TooLarge,

    /// <summary>Holds more members than is allowed.</summary>
    TooManyMembers,

    /// <summary>Nested or built beyond what any program writes.</summary>
    TooComplex,

    /// <summary>Uses something that this library does not read: another compression, a document type definition, an old binary format.</summary>
    Unsupported,

    /// <summary>A program that reads it is not installed on this machine.</summary>
    ProgramMissing,

    /// <summary>Took longer than is allowed.</summary>
    TooSlow,
}

/// <summary>Sentences for faults.</summary>
public static class DocumentFaults
{
    /// <summary>The sentence that a person reads, in the current language.</summary>
    public static string Message(this DocumentFault fault) => fault switch
    {
        DocumentFault.Broken => DocumentsTexts.FaultBroken,
        DocumentFault.Encrypted => DocumentsTexts.FaultEncrypted,
        DocumentFault.TooLarge => DocumentsTexts.FaultTooLarge,
        DocumentFault.TooManyMembers => DocumentsTexts.FaultTooManyMembers,
        DocumentFault.TooComplex => DocumentsTexts.FaultTooComplex,
        DocumentFault.ProgramMissing => DocumentsTexts.FaultProgramMissing,
        DocumentFault.TooSlow => DocumentsTexts.FaultTooSlow,
        _ => DocumentsTexts.FaultUnsupported,
    };
}

/// <summary>A file that cannot be read further. Thrown by the streams of members and by <c>ZipDirectory</c>; the extractors turn it into a result.</summary>
public sealed class DocumentException : IOException
{
    /// <summary>A fault found by this library.</summary>
    public DocumentException(DocumentFault fault)
        : this(fault, null)
    {
    }

    /// <summary>A fault found by a reader of the framework.</summary>
    public DocumentException(DocumentFault fault, Exception? inner)
        : base(fault.Message(), inner) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public DocumentFault Fault { get; }
}
