using TerritoireCollab.Veille.Outlets;

namespace TerritoireCollab.Veille.Pages.Outlets;

/// <summary>An outlet as its form posts it.</summary>
public sealed record OutletPosted
{
    /// <summary>What the animators call it.</summary>
    public string? Name { get; init; }

    /// <summary>Address.</summary>
    public string? Address { get; init; }

    /// <summary>Token or signing secret.</summary>
    public string? Secret { get; init; }

    /// <summary>Words after the title.</summary>
    public string? Message { get; init; }

    internal OutletInput ToInput() => new() { Name = Name, Address = Address, Secret = Secret, Message = Message };
}
