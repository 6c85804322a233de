using TerritoireCollab.Testing;

namespace TerritoireCollab.Coediting.Tests;

/// <summary>
/// Several people type, their messages are late, come twice or in another order, lines are cut, the authority stops and starts from what it has
/// kept: in the end all see one text, and what was typed is in it once.
/// </summary>
public sealed class ConvergenceTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Editors_UnderDelaysCutsDuplicatesAndRestarts_ComeToOneText(int seed)
    {
        var world = new World(seed, people: 2 + (seed % 7));
        for (var i = 0; i < 600; i++) world.Step();

        world.Settle();

        Assert.True(world.Restarts > 0 && world.Cuts > 0 && world.Duplicates > 0 && world.Typed > 100);
        Assert.All(world.Editors, e => Assert.Equal(world.Text, e.Text));
        Assert.All(world.Editors, e => Assert.Equal(0, e.Waiting));
        var counts = world.Text.Where(c => c != '\n').GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(world.Signs, sign => Assert.Equal(world.Deleted.Contains(sign) ? 0 : 1, counts.GetValueOrDefault(sign)));
    }

    private sealed class World
    {
        private const char FirstSign = '\u4e00';
        private readonly Random _random;
        private readonly List<(int Editor, int Version, IReadOnlyList<ClientUpdate> Updates)> _network = [];
        private readonly List<Queue<AcceptedUpdate>?> _inboxes = [];
        // What a restart leaves: a text that was saved some time, and the changes since the beginning.
        private readonly List<AcceptedUpdate> _kept = [];
        private (string Text, int Version) _saved = ("", 0);
        private Authority _authority = new("", 0, []);
        private char _next = FirstSign;

        public World(int seed, int people)
        {
            _random = new Random(seed);
            for (var i = 0; i < people; i++)
            {
                Editors.Add(new($"e{i}", "", 0));
                _inboxes.Add(new());
            }
        }

        public List<EditorCopy> Editors { get; } = [];
        public HashSet<char> Signs { get; } = [];
        public HashSet<char> Deleted { get; } = [];
        public int Restarts { get; private set; }
        public int Cuts { get; private set; }
        public int Duplicates { get; private set; }
        public int Typed { get; private set; }
        public string Text => _authority.Text;

        public void Step()
        {
            var one = _random.Next(Editors.Count);
            switch (_random.Next(100))
            {
                case < 35: Type(Editors[one]); break;
                case < 60: Send(one); break;
                case < 80: Deliver(); break;
                case < 94: Hear(one, _random.Next(1, 4)); break;
                case < 97: Cut(one); break;
                case < 98: Restart(); break;
                default: _saved = (_authority.Text, _authority.Version); break;
            }
        }

        public void Settle()
        {
            while (_network.Count > 0) Deliver();
            for (var i = 0; i < Editors.Count; i++)
            {
                CatchUp(i);
                Send(i);
                while (_network.Count > 0) Deliver();
            }

            for (var i = 0; i < Editors.Count; i++) CatchUp(i);
        }

        private void Type(EditorCopy editor)
        {
            Typed++;
            var from = _random.Next(editor.Text.Length + 1);
            var deleted = _random.Next(3) > 0 ? 0 : _random.Next(Math.Min(6, editor.Text.Length - from) + 1);
            Deleted.UnionWith(editor.Text.Substring(from, deleted).Where(c => c != '\n'));
            var inserted = string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(5) == 0 ? '\n' : _next++));
            Signs.UnionWith(inserted.Where(c => c != '\n'));
            if (deleted > 0 || inserted.Length > 0) editor.Type(from, deleted, inserted);
        }

        private void Send(int one)
        {
            if (_inboxes[one] is null || Editors[one].Waiting == 0) return;

            _network.Add((one, Editors[one].Version, Editors[one].Sendable()));
            if (_random.Next(4) > 0) return;
            _network.Add(_network[^1]);
            Duplicates++;
        }

        private void Deliver()
        {
            if (_network.Count == 0) return;

            var at = _random.Next(_network.Count);
            var (_, version, updates) = _network[at];
            _network.RemoveAt(at);
            var answer = _authority.Prepare(version, updates);
            // A message that overtook an earlier one of its editor finds no place; the editor sends again.
            if (answer.State == PushState.DoNotFit) return;

            Assert.Equal(PushState.Accepted, answer.State);
            _kept.AddRange(answer.Updates);
            if (_random.Next(60) == 0) Restart();
            else _authority.Receive(answer.Updates);
            foreach (var inbox in _inboxes) foreach (var update in answer.Updates) inbox?.Enqueue(update);
        }

        private void Hear(int one, int most)
        {
            if (_inboxes[one] is not { } inbox)
            {
                CatchUp(one);
                return;
            }

            var heard = new List<AcceptedUpdate>();
            while (heard.Count < most && inbox.TryDequeue(out var update)) heard.Add(update);
            Editors[one].Receive(heard);
        }

        private void CatchUp(int one)
        {
            Editors[one].Receive(_authority.Since(Editors[one].Version)!);
            _inboxes[one] = new();
        }

        private void Cut(int one)
        {
            Cuts++;
            _inboxes[one] = null;
            _network.RemoveAll(m => m.Editor == one && _random.Next(2) == 0);
        }

        private void Restart()
        {
            Restarts++;
            _authority = new(_saved.Text, _saved.Version, _kept.Where(u => u.Version > _saved.Version));
            _authority.Remember(_kept.Where(u => u.Version <= _saved.Version));
            for (var i = 0; i < _inboxes.Count; i++) _inboxes[i] = null;
            _network.Clear();
        }
    }
}
