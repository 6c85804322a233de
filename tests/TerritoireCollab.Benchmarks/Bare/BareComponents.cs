using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace TerritoireCollab.Benchmarks.Bare;

/// <summary>A whole page written again from memory: no session, no rights, no database.</summary>
public sealed class BareDocument : ComponentBase
{
    /// <summary>The page.</summary>
    [Parameter]
    public IReadOnlyList<BareNode> Nodes { get; set; } = [];

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var sequence = 0;
        foreach (var node in Nodes) BareWriting.Write(builder, node, ref sequence, isInPart: false);
    }
}

/// <summary>A post, or a row, of such a page.</summary>
public sealed class BarePart : ComponentBase
{
    /// <summary>Its element.</summary>
    [Parameter]
    public BareNode Node { get; set; } = new();

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var sequence = 0;
        BareWriting.Write(builder, Node, ref sequence, isInPart: true);
    }
}

#pragma warning disable ASP0006 // The page comes from a file and is written once: no source order, and nothing is ever compared.
internal static class BareWriting
{
    public static void Write(RenderTreeBuilder builder, BareNode node, ref int sequence, bool isInPart)
    {
        if (node.Name is null)
        {
            if (node.Markup is not null) builder.AddMarkupContent(sequence++, node.Markup);
            else builder.AddContent(sequence++, node.Text);
            return;
        }

        if (node.IsPart && !isInPart)
        {
            builder.OpenComponent<BarePart>(sequence++);
            builder.AddComponentParameter(sequence++, nameof(BarePart.Node), node);
            builder.CloseComponent();
            return;
        }

        builder.OpenElement(sequence++, node.Name);
        foreach (var (name, value) in node.Attributes) builder.AddAttribute(sequence++, name, value);
        foreach (var child in node.Children) Write(builder, child, ref sequence, isInPart);
        builder.CloseElement();
    }
}
