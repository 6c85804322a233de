namespace TerritoireCollab.Platform.Fetching;

/// <summary>What is read of another site again and again, for the groups that follow it: a feed, a calendar. A row of the database.</summary>
public interface IFetched
{
    /// <summary>Its key.</summary>
    Guid Id { get; }

    /// <summary>Until when a process has it in hand (UTC).</summary>
    DateTime? LeaseUntil { get; set; }

    /// <summary>Since when it fails (UTC); null while it does not.</summary>
    DateTime? FailingSince { get; set; }

    /// <summary>When the animators of its groups were told that it fails (UTC); null while it does not, or not for long.</summary>
    DateTime? FailureToldAt { get; set; }
}
