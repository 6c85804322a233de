using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Makes a personal key for feed readers or programs.</summary>
internal sealed class CreateKey(AccessKeys keys, SecurityLog security)
{
    /// <summary>Makes the key and returns it: it is shown this once.</summary>
    /// <exception cref="InvalidInputException">No label, or an unknown scope.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string? label, AccessKeyScope? scope, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        new Rules().Text(label, "KeyLabel", 100).Check(scope is { } s && Enum.IsDefined(s), "KeyScope", MembersTexts.ChooseScope).Demand();
        var token = await keys.CreateAsync(viewer.MemberId, scope!.Value, label!.Trim(), cancellation);
        await security.WriteAsync("cle.creee", viewer.MemberId, detail: scope.ToString(), cancellation: cancellation);
        return token;
    }
}
