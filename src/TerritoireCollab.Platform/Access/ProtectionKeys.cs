using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Access;

/// <summary>A key that protects cookies, forms and links of mails, where several machines share a database and no folder.</summary>
public sealed class ProtectionKey
{
    /// <summary>Its name, at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What the framework keeps of it, as XML.</summary>
    public required string Xml { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }
}

/// <summary>Keeps the protection keys in the database, so that what one machine has sealed another one opens.</summary>
public sealed class ProtectionKeys(AppDb database, TimeProvider clock) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Open(Viewer.System);
        return [.. db.ProtectionKeys.Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.Open(Viewer.System);
        db.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = clock.GetUtcNow().UtcDateTime });
        db.SaveChanges();
    }
}
