namespace TerritoireCollab.Syndication.Reading;

/// <summary>The value of the element that says a thing best: among several of the same rank the first counts.</summary>
internal struct Ranked<T>
{
    private int _rank;

    /// <summary>The best so far.</summary>
    public T? Value { get; private set; }

    /// <summary>Takes a value when none of its rank or a higher one is there.</summary>
    /// <param name="value">The value; null says nothing.</param>
    /// <param name="rank">From 1.</param>
    public void Offer(T? value, int rank)
    {
        if (value is null || rank <= _rank) return;

        (Value, _rank) = (value, rank);
    }

    /// <summary>The same, where the last of a rank counts.</summary>
    public void Replace(T? value, int rank)
    {
        if (value is null || rank < _rank) return;

        (Value, _rank) = (value, rank);
    }
}
