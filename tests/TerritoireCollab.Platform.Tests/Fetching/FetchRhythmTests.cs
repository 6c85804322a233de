using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>When a source is asked again.</summary>
public sealed class FetchRhythmTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1, 24 * 60)]
    [InlineData(2, 21 * 60)]
    [InlineData(7, 6 * 60)]
    [InlineData(42, 60)]
    [InlineData(252, 10)]
    [InlineData(2016, 5)]
    public void Source_ThatSpeaksSoOftenAWeek_AskedAsOften(int items, double minutes) =>
        AssertWait(minutes, new(Now, FetchOutcome.Ok) { Items = [.. Enumerable.Range(0, items).Select(i => Now - (TimeSpan.FromDays(7) / items * i))] });

    [Fact]
    public void Source_OfWhichNothingIsKnown_AskedInAnHour() => AssertWait(60, new(Now, FetchOutcome.Ok));

    [Fact]
    public void Source_SilentForAWeek_AskedOnceADay() => AssertWait(24 * 60, new(Now, FetchOutcome.NotModified) { Items = [Now.AddDays(-8), Now.AddDays(-40)] });

    [Fact]
    public void Source_ThatRepublishesEverythingAtOnce_NotAskedMoreOften() =>
        AssertWait(24 * 60, new(Now, FetchOutcome.Ok) { Items = [.. Enumerable.Repeat(Now.AddHours(-1), 500)] });

    [Fact]
    public void Source_WithDatesToCome_TheyDoNotCount() =>
        AssertWait(24 * 60, new(Now, FetchOutcome.Ok) { Items = [.. Enumerable.Range(1, 500).Select(i => Now.AddHours(i))] });

    [Theory]
    [InlineData("retry", 30, 30)]
    [InlineData("fresh", 30, 30)]
    [InlineData("ttl", 30, 30)]
    [InlineData("retry", 2, 10)]
    [InlineData("fresh", 2, 10)]
    [InlineData("ttl", 2, 10)]
    [InlineData("ttl", -30, 10)]
    [InlineData("fresh", 525_600, 24 * 60)]
    [InlineData("ttl", 525_600, 24 * 60)]
    [InlineData("retry", 525_600, 24 * 60)]
    public void Wish_OfAServerThatAnswers_NeverShortensAndIsCapped(string by, double minutes, double waited)
    {
        var wish = TimeSpan.FromMinutes(minutes);
        AssertWait(waited, new(Now, FetchOutcome.Ok)
        {
            Items = [.. Enumerable.Range(0, 252).Select(i => Now.AddMinutes(-40 * i))],
            RetryAfter = by == "retry" ? Now + wish : null,
            FreshUntil = by == "fresh" ? Now + wish : null,
            TimeToLive = by == "ttl" ? wish : null,
        });
    }

    [Theory]
    [InlineData(1, 68.27)]
    [InlineData(2, 109.35)]
    [InlineData(5, 345.6)]
    [InlineData(10, 1392.02)]
    [InlineData(16, 3 * 24 * 60)]
    [InlineData(5000, 3 * 24 * 60)]
    public void Source_ThatFailsInARow_AskedLessAndLess(int failures, double minutes) =>
        Assert.All((FetchOutcome[])[FetchOutcome.HttpError, FetchOutcome.TimedOut, FetchOutcome.NameNotFound, FetchOutcome.BadAnswer, FetchOutcome.RefusedAddress],
            outcome => AssertWait(minutes, new(Now, outcome) { Failures = failures, Items = [Now] }));

    [Theory]
    [InlineData(10, 68.27)]
    [InlineData(600, 600)]
    [InlineData(525_600, 3 * 24 * 60)]
    public void RetryAfter_OfARefusal_Heeded(double minutes, double waited) => AssertWait(waited, new(Now, FetchOutcome.HttpError) { Failures = 1, RetryAfter = Now.AddMinutes(minutes) });

    [Fact]
    public void Source_GoneForGood_NeverAskedAgain() => Assert.Null(FetchRhythm.Next(new(Now, FetchOutcome.Gone) { RetryAfter = Now.AddHours(1) }));

    [Fact]
    public void Sources_AddedInOneGo_Spread()
    {
        AssertWait(60, new(Now, FetchOutcome.Ok) { Spread = 0 });
        AssertWait(63, new(Now, FetchOutcome.Ok) { Spread = 0.5 });
        AssertWait(66, new(Now, FetchOutcome.Ok) { Spread = 7 });
        AssertWait(24 * 60, new(Now, FetchOutcome.Ok) { Items = [Now], Spread = 1 });
    }

    private static void AssertWait(double minutes, RhythmInput input) => Assert.Equal(minutes, (FetchRhythm.Next(input)!.Value - Now).TotalMinutes, 0.1);
}
