using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Live;

/// <summary>
/// First of the consumers: an open page that shows what may not be read any more looks again at once, before notifications and mails
/// are written about it.
/// </summary>
public sealed class WithdrawalConsumer(LiveTopics live) : IActivityConsumer
{
    /// <inheritdoc />
    public int Order => 0;

    /// <inheritdoc />
    public Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => activity switch
    {
        { Kind: ActivityKinds.MemberLeft, SubjectId: { } member } => live.SignalAsync(LiveTopics.Member(member)),
        { Kind: ActivityKinds.ItemRemoved or ActivityKinds.ItemMoved or ActivityKinds.CommentRemoved, ItemId: { } item } => live.SignalAsync(LiveTopics.Item(item)),
        _ => Task.CompletedTask,
    };
}
