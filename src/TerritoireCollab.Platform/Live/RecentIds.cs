namespace TerritoireCollab.Platform.Live;

/// <summary>The last ids met, a bounded number of them.</summary>
internal sealed class RecentIds
{
    private const int Most = 2000;
    private readonly Queue<Guid> _order = new();
    private readonly HashSet<Guid> _ids = [];
    private readonly Lock _turn = new();

    public bool Contains(Guid id)
    {
        lock (_turn) return _ids.Contains(id);
    }

    /// <summary>Remembers <paramref name="id"/>; false when it was met already.</summary>
    public bool Add(Guid id)
    {
        lock (_turn)
        {
            if (!_ids.Add(id)) return false;

            _order.Enqueue(id);
            if (_order.Count > Most) _ids.Remove(_order.Dequeue());
            return true;
        }
    }
}
