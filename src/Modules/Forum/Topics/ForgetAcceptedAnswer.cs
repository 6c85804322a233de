using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A question whose accepted answer went to the trash waits for an answer again.</summary>
internal sealed class ForgetAcceptedAnswer : IActivityConsumer
{
    /// <inheritdoc />
    public int Order => 5;

    /// <inheritdoc />
    public Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => activity is { Kind: ActivityKinds.CommentRemoved, ItemId: { } item }
        ? db.Set<Topic>().Where(t => t.Id == item && t.AcceptedNumber != null && !db.Comments.Any(c => c.ItemId == t.Id && c.Number == t.AcceptedNumber))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.AcceptedNumber, (int?)null), cancellation)
        : Task.CompletedTask;
}
