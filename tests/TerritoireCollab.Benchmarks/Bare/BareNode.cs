using AngleSharp;
using AngleSharp.Dom;

namespace TerritoireCollab.Benchmarks.Bare;

/// <summary>
/// A piece of a page of the product, to be written again from memory. As in a page compiled from Razor, an element is opened, given its
/// attributes and closed one by one, text that was sanitised goes in whole, and so does a drawing, which never changes.
/// </summary>
public sealed record BareNode
{
    /// <summary>Name of the element; null for text and for markup.</summary>
    public string? Name { get; init; }

    /// <summary>Attributes of the element.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    /// <summary>What it holds.</summary>
    public IReadOnlyList<BareNode> Children { get; init; } = [];

    /// <summary>Text to encode.</summary>
    public string? Text { get; init; }

    /// <summary>Markup that goes in as it is.</summary>
    public string? Markup { get; init; }

    /// <summary>Whether it is a component of its own: a post, or a row.</summary>
    public bool IsPart { get; init; }

    /// <summary>The page <paramref name="html"/>, cut up; what matches <paramref name="part"/> becomes a component.</summary>
    /// <exception cref="InvalidOperationException">Nothing matches.</exception>
    public static async Task<IReadOnlyList<BareNode>> CutAsync(string html, string part)
    {
        using var context = BrowsingContext.New();
        using var document = await context.OpenAsync(r => r.Content(html));
        var parts = document.QuerySelectorAll(part).ToHashSet();
        if (parts.Count == 0) throw new InvalidOperationException($"The page has no {part}.");

        return [new BareNode { Markup = "<!DOCTYPE html>\n" }, Of(document.DocumentElement, parts)];
    }

    private static BareNode Of(INode node, HashSet<IElement> parts) => node switch
    {
        IElement { LocalName: "svg" } drawing => new BareNode { Markup = drawing.OuterHtml },
        IElement element => new BareNode
        {
            Name = element.LocalName,
            Attributes = [.. element.Attributes.Select(a => KeyValuePair.Create(a.Name, a.Value))],
            Children = element.ClassList.Contains("prose")
                ? [new BareNode { Markup = element.InnerHtml }]
                : [.. element.ChildNodes.Where(n => n is IElement or IText).Select(n => Of(n, parts))],
            IsPart = parts.Contains(element),
        },
        _ => new BareNode { Text = node.TextContent },
    };
}
