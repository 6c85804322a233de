namespace TerritoireCollab.Mime.Trimming;

/// <summary>An answer by mail, parted into what its author wrote now and what his mail program carried along.</summary>
/// <param name="Text">The new text, to publish; lines end with LF. Empty when the mail holds a quotation alone.</param>
/// <param name="Elided">What was cut off: quotations, introductions of them, signatures. To be unfolded by readers; never published by itself.</param>
public sealed record TrimmedReply(string Text, string Elided);
