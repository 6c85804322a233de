using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Tests;

public sealed class RuleTests
{
    private const int Many = 800;

    [Fact]
    public void Expansion_OfRulesOfAnyShape_AsTheSlowDefinition()
    {
        var (occurrences, empty) = (0, 0);
        for (var number = 0; number < Many; number++)
        {
            var (rule, start, end) = RandomRule.Make(number);
            var expected = SlowRule.Expand(rule, start, end).Select(Text).ToList();

            var found = new RuleExpansion(rule, CalendarMoment.Floating(start), new(long.MaxValue)).Between(DateTime.MinValue, end).Select(Text).ToList();

            Assert.True(expected.SequenceEqual(found), $"{number}: {rule} from {start:s}: {string.Join(' ', found.Except(expected).Take(5))} too many, {string.Join(' ', expected.Except(found).Take(5))} missing; {found.Count} of {expected.Count}");
            occurrences += found.Count;
            if (found.Count == 0) empty++;
        }

        Assert.True(occurrences > 20 * Many, $"{occurrences}");
        Assert.True(empty < Many / 2, $"{empty}");
    }

    [Fact]
    public void Expansion_OfAWindow_AsThatPartOfTheWhole()
    {
        for (var number = 0; number < Many; number++)
        {
            var (rule, start, end) = RandomRule.Make(number);
            var (from, to) = (start + (end - start) * 0.6, start + (end - start) * 0.8);
            var origin = CalendarMoment.Floating(start);

            var whole = new RuleExpansion(rule, origin, new(long.MaxValue)).Between(DateTime.MinValue, end).Where(t => t >= from && t < to);

            Assert.Equal(whole, new RuleExpansion(rule, origin, new(long.MaxValue)).Between(from, to));
        }
    }

    [Fact]
    public void Rule_WrittenAndRead_TheSame()
    {
        for (var number = 0; number < Many; number++)
        {
            var (rule, _, _) = RandomRule.Make(number);

            Assert.True(RecurrenceRule.TryParse(rule.ToString(), out var read, out var fault), fault);
            // A fraction of a second is not written.
            Assert.Equal(rule.ToString(), read.ToString());
        }
    }

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20261122")]
    [InlineData("COUNT=2")]
    [InlineData("FREQ=1")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1")]
    [InlineData("FREQ=MONTHLY;BYYEARDAY=1")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO")]
    [InlineData("FREQ=DAILY;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;BYHOUR=24")]
    [InlineData("FREQ=DAILY;BYMONTH=0")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=99999999999")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=MON")]
    [InlineData("FREQ=DAILY;BYHOUR=1;BYHOUR=2")]
    [InlineData("FREQ=DAILY;UNTIL=bientôt")]
    [InlineData("FREQ=DAILY;CHAQUE=2")]
    [InlineData("FREQ=DAILY;JOUR")]
    public void Rule_ThatTheRfcForbids_RefusedWithAReason(string text)
    {
        Assert.False(RecurrenceRule.TryParse(text, out _, out var fault));
        Assert.False(string.IsNullOrWhiteSpace(fault));
    }

    [Theory]
    [InlineData("freq=daily;byhour=9")]
    [InlineData(" FREQ = DAILY ; BYHOUR = 9 ; ")]
    [InlineData("FREQ=DAILY;BYHOUR=9,9;X-AUTRE=1;UNTIL=")]
    public void Rule_WrittenCarelessly_Read(string text)
    {
        Assert.True(RecurrenceRule.TryParse(text, out var rule, out _));
        Assert.Equal("FREQ=DAILY;BYHOUR=9", rule.ToString());
    }

    private static string Text(DateTime time) => CalendarMoment.Floating(time).ToString();
}
