namespace TerritoireCollab.Calendar.Recurrences;

/// <summary>How much may be computed: a rule that never comes true, or comes each second, ends with it. A step is some tens of nanoseconds.</summary>
public sealed class WorkBudget(long steps = WorkBudget.Usual)
{
    /// <summary>Steps that any reasonable expansion stays far below: a daily rule over a century.</summary>
    public const long Usual = 1_000_000;

    /// <summary>Whether it was spent, so that what was found is not all there is.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Steps that are left.</summary>
    public long Left { get; private set; } = steps;

    /// <summary>Takes steps; false when they are not there.</summary>
    public bool Spend(long count = 1)
    {
        if (Left < count)
        {
            IsSpent = true;
            return false;
        }

        Left -= count;
        return true;
    }
}
