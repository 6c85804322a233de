namespace TerritoireCollab.Veille.Sources;

/// <summary>How far a subscription with a hub is.</summary>
public enum HubState
{
    /// <summary>To be asked for.</summary>
    Wanted = 0,
    /// <summary>Asked for; the hub has not asked back yet.</summary>
    Asked = 1,
    /// <summary>The hub tells us.</summary>
    Active = 2,
    /// <summary>The hub said no: the source is polled.</summary>
    Denied = 3,
    /// <summary>The feed names its hub no more, or nobody follows it: to be ended.</summary>
    Leaving = 4,
}

/// <summary>A subscription of the platform to a source at the hub that it names (W3C WebSub, 23 January 2018). One for a source at most.</summary>
public sealed class SourceHub
{
    /// <summary>The source.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>The source.</summary>
    public Source? Source { get; init; }

    /// <summary>Address of the hub.</summary>
    public required string Hub { get; set; }

    /// <summary>The feed as it names itself.</summary>
    public required string Topic { get; set; }

    /// <summary>Unguessable part of the address at which the hub reaches us. Unique.</summary>
    public required string Token { get; set; }

    /// <summary>What the hub signs with, protected.</summary>
    public required string Secret { get; set; }

    /// <summary>How far it is.</summary>
    public HubState State { get; set; }

    /// <summary>When to ask the hub next (UTC): to subscribe, to renew, to try again.</summary>
    public required DateTime NextAskAt { get; set; }

    /// <summary>Until when the hub tells us.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Asks that failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the hub told us something last, rightly signed.</summary>
    public DateTime? LastPushAt { get; set; }
}
