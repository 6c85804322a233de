namespace TerritoireCollab.Platform.Modules;

/// <summary>An entry of the main navigation that a module brings.</summary>
/// <param name="Text">Word shown, in the reader's language.</param>
/// <param name="Href">Address, relative to the base.</param>
/// <param name="Icon">Name of its icon.</param>
public sealed record SiteEntry(string Text, string Href, string Icon);

/// <summary>Brings an entry of the main navigation. Asked for every page: what it needs of the database it keeps in memory.</summary>
public interface ISiteEntry
{
    /// <summary>Its place among the entries of modules.</summary>
    int Order { get; }

    /// <summary>The entry, or null where there is nothing to lead to.</summary>
    ValueTask<SiteEntry?> ReadAsync(bool isSignedIn, CancellationToken cancellation);
}
