using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Activities;

/// <summary>
/// Acts on what happened, after the commit. It may run again for the same activity (a crash, a second process), so running twice must
/// leave what running once leaves.
/// </summary>
public interface IActivityConsumer
{
    /// <summary>Place among the consumers: open pages before notifications, these before the mails made of them, the bell last.</summary>
    int Order { get; }

    /// <summary>Acts on <paramref name="activity"/>. <paramref name="db"/> sees everything: the consumer asks for the rights of each reader.</summary>
    Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation);
}
