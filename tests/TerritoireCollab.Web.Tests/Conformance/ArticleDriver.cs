namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Articles, published as they are written.</summary>
public sealed record ArticleDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "articles.article";

    /// <inheritdoc />
    public override string Collection => "articles";

    /// <inheritdoc />
    public override string Tool => "articles";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience };
}
