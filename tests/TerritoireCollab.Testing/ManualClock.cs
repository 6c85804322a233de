namespace TerritoireCollab.Testing;

/// <summary>A clock that moves when told to.</summary>
public sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves forward.</summary>
    public void Advance(TimeSpan by) => _now += by;
}
