namespace TerritoireCollab.Benchmarks.Bare;

/// <summary>A real page of the product cut into what a bare component writes again: the same markup, from memory, without rights or data.</summary>
/// <param name="Title">Title.</param>
/// <param name="Before">Markup before the posts.</param>
/// <param name="Posts">Posts, or rows.</param>
/// <param name="After">Markup after the posts.</param>
public sealed record BarePage(string Title, string Before, IReadOnlyList<BarePart> Posts, string After);

/// <summary>A post or a row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Head">Markup before its text.</param>
/// <param name="Body">Its text.</param>
/// <param name="Foot">Markup after its text.</param>
public sealed record BarePart(string Id, string Head, string Body, string Foot);
