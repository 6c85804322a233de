using Microsoft.AspNetCore.Components;

namespace TerritoireCollab.Ui.Components;

/// <summary>What every field has: a name, a label, a hint, an error, and the attributes that link them.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>Name posted, such as `Input.Title`; the id comes from it.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Label, always visible.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Help under the label, or null.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong and what to do, or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Required fields carry no mark: the optional ones say so in words.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>Attributes put on the control itself (autocomplete, maxlength, data-…).</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <summary>Id of the control.</summary>
    protected string Id => FieldId.Of(Name);

    /// <summary>Ids of the hint and of the error, or null.</summary>
    protected string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-aide",
        (null, _) => $"{Id}-erreur",
        _ => $"{Id}-erreur {Id}-aide",
    };

    /// <summary>Value of `aria-invalid`, or null.</summary>
    protected string? Invalid => Error is null ? null : "true";
}
