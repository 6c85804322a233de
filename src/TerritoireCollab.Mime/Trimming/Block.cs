namespace TerritoireCollab.Mime.Trimming;

/// <summary>What a run of lines is.</summary>
internal enum BlockKind
{
    /// <summary>Written now.</summary>
    Text,

    /// <summary>Lines after <c>&gt;</c>.</summary>
    Quote,

    /// <summary>Written by the program to introduce an older mail.</summary>
    Intro,

    /// <summary>A signature that the HTML marks as one.</summary>
    Signature,

    /// <summary>An older mail below its introduction, without marks of quotation: it goes to the end.</summary>
    Original,
}

/// <summary>A run of lines of one kind, blank lines after it included.</summary>
internal sealed class Block(BlockKind kind, int start, int end)
{
    public BlockKind Kind { get; } = kind;

    public int Start { get; } = start;

    /// <summary>The line after the last one.</summary>
    public int End { get; set; } = end;
}
