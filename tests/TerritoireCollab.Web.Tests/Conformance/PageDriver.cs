namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Pages that a group writes together.</summary>
public sealed record PageDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "wiki.page";

    /// <inheritdoc />
    public override string Collection => "pages";

    /// <inheritdoc />
    public override string Tool => "pages";

    /// <inheritdoc />
    public override string Changes => "comparer?de=1&a=2";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience };
}
