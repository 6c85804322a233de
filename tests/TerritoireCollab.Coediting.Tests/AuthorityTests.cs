using TerritoireCollab.Testing;

namespace TerritoireCollab.Coediting.Tests;

public sealed class AuthorityTests
{
    private readonly Authority _authority = new("Bonjour", 0, [], mostText: 20);

    [Fact]
    public void Prepare_ChangeOnAnOldVersion_MovedOverTheOthers()
    {
        Accept(0, new ClientUpdate("a", 1, ChangeSet.Replace(7, 7, 0, " Ada")));
        Accept(0, new ClientUpdate("b", 1, ChangeSet.Replace(7, 0, 0, "« ")), new ClientUpdate("b", 2, ChangeSet.Replace(9, 9, 0, " »")));

        Assert.Equal("« Bonjour Ada »", _authority.Text);
        Assert.Equal(3, _authority.Version);
        Assert.Equal(["a1", "b1", "b2"], _authority.Since(0)!.Select(u => $"{u.ClientId}{u.Sequence}"));
    }

    [Fact]
    public void Prepare_SameChangeAgain_AcknowledgedAndNotAppliedTwice()
    {
        ClientUpdate[] sent = [new("a", 1, ChangeSet.Replace(7, 7, 0, " Ada"))];
        Accept(0, sent);
        Accept(1, new ClientUpdate("b", 1, ChangeSet.Replace(11, 0, 0, "x")));

        var again = _authority.Prepare(0, sent);
        var more = _authority.Prepare(0, [.. sent, new("a", 2, ChangeSet.Replace(11, 11, 0, "!"))]);

        Assert.Equal((PushState.Accepted, 0), (again.State, again.Updates.Count));
        Assert.Equal("[12,[0,\"!\"]]", ChangeSetJson.Write(Assert.Single(more.Updates).Changes));
    }

    [Fact]
    public void Prepare_WhatDoesNotFit_RefusedAndNothingChanged()
    {
        Accept(0, new ClientUpdate("a", 1, ChangeSet.Replace(7, 7, 0, "!")));
        (int, ClientUpdate[])[] bad =
        [
            (2, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x"))]),
            (-1, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x"))]),
            (1, [new("b", 1, ChangeSet.Replace(7, 0, 0, "x"))]),
            (0, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x"))]),
            (1, [new("b", 0, ChangeSet.Replace(8, 0, 0, "x"))]),
            (1, [new("", 1, ChangeSet.Replace(8, 0, 0, "x"))]),
            (1, [new(new string('b', 41), 1, ChangeSet.Replace(8, 0, 0, "x"))]),
            (1, [new("a", 1, ChangeSet.Replace(8, 0, 0, "x"))]),
            (1, [new("a", 3, ChangeSet.Replace(8, 0, 0, "x"))]),
            (0, [new("a", 2, ChangeSet.Replace(7, 0, 0, "x"))]),
            (1, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x")), new("b", 3, ChangeSet.Replace(9, 0, 0, "x"))]),
            (1, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x")), new("c", 2, ChangeSet.Replace(9, 0, 0, "x"))]),
            (1, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x")), new("b", 2, ChangeSet.Replace(8, 0, 0, "x"))]),
        ];

        Assert.All(bad, b => Assert.Equal(PushState.DoNotFit, _authority.Prepare(b.Item1, b.Item2).State));
        Assert.Equal(("Bonjour!", 1), (_authority.Text, _authority.Version));
    }

    [Fact]
    public void Prepare_AnotherChangeUnderAUsedNumber_RefusedNotThrown()
    {
        Accept(0, new ClientUpdate("b", 1, ChangeSet.Replace(7, 7, 0, "?")));
        Accept(0, new ClientUpdate("a", 1, ChangeSet.Replace(7, 7, 0, "!!")));
        Accept(2, new ClientUpdate("b", 2, ChangeSet.Replace(10, 7, 0, "?")));

        Assert.Equal(PushState.DoNotFit, _authority.Prepare(0, [new("a", 1, ChangeSet.Replace(7, 0, 7, "")), new("a", 2, ChangeSet.Replace(0, 0, 0, "x"))]).State);
        Assert.Equal(PushState.DoNotFit, _authority.Prepare(2, [new("b", 2, ChangeSet.Replace(10, 0, 10, "")), new("b", 3, ChangeSet.Replace(0, 0, 0, "x"))]).State);
    }

    [Fact]
    public void Prepare_HalfACharacter_Refused()
    {
        var authority = new Authority("a😀", 0, []);

        Assert.Equal(PushState.DoNotFit, authority.Prepare(0, [new("b", 1, ChangeSet.Replace(3, 2, 1, ""))]).State);
    }

    [Fact]
    public void Prepare_TextTooLong_RefusedButMayShrink()
    {
        Assert.Equal(PushState.TooLong, _authority.Prepare(0, [new("a", 1, ChangeSet.Replace(7, 0, 0, new string('x', 14)))]).State);
        Assert.Equal(PushState.Accepted, _authority.Prepare(0, [new("a", 1, ChangeSet.Replace(7, 0, 0, new string('x', 14))), new("a", 2, ChangeSet.Replace(21, 0, 1, ""))]).State);
        Assert.Equal(PushState.Accepted, new Authority("trop long", 0, [], mostText: 4).Prepare(0, [new("a", 1, ChangeSet.Replace(9, 0, 1, ""))]).State);
    }

    [Fact]
    public void Prepare_TailForgotten_SaysSo()
    {
        Accept(0, new ClientUpdate("a", 1, ChangeSet.Replace(7, 7, 0, "!")));
        Accept(1, new ClientUpdate("a", 2, ChangeSet.Replace(8, 8, 0, "!")));
        _authority.KeepTail(1);

        Assert.Equal(PushState.TailIsGone, _authority.Prepare(0, [new("b", 1, ChangeSet.Replace(7, 0, 0, "x"))]).State);
        Assert.Equal(PushState.Accepted, _authority.Prepare(1, [new("b", 1, ChangeSet.Replace(8, 0, 0, "x"))]).State);
        Assert.Null(_authority.Since(0));
    }

    [Fact]
    public void Prepare_ManyChangesOnAVersionTooOld_ToldToCatchUp()
    {
        for (var i = 0; i < 150; i++) Accept(i, new ClientUpdate("a", i + 1, ChangeSet.Replace(7, 0, 1, "x")));
        ClientUpdate[] many = [.. Enumerable.Range(1, 150).Select(i => new ClientUpdate("b", i, ChangeSet.Unchanged(7)))];

        Assert.Equal(PushState.Behind, _authority.Prepare(0, many).State);
        Assert.Equal(PushState.Accepted, _authority.Prepare(100, many).State);
    }

    [Fact]
    public void Remember_OlderChanges_LengthenTheTail()
    {
        Accept(0, new ClientUpdate("a", 1, ChangeSet.Replace(7, 7, 0, "!")));
        Accept(1, new ClientUpdate("a", 2, ChangeSet.Replace(8, 8, 0, "!")));
        var anew = new Authority("Bonjour!!", 2, []);

        anew.Remember(_authority.Since(0)!);

        Assert.Equal(0, anew.TailStart);
        Assert.Equal("xBonjour!!", anew.Prepare(0, [new("b", 1, ChangeSet.Replace(7, 0, 0, "x"))]).Updates[0].Changes.Apply(anew.Text));
    }

    [Fact]
    public void Receive_ChangeThatItHas_PassedOver()
    {
        Accept(0, new ClientUpdate("a", 1, ChangeSet.Replace(7, 7, 0, "!")));

        _authority.Receive(_authority.Since(0)!);

        Assert.Equal(("Bonjour!", 1), (_authority.Text, _authority.Version));
    }

    [Fact]
    public void Receive_ChangeThatDoesNotFollow_Throws() =>
        Assert.Throws<ArgumentException>(() => _authority.Receive([new(2, "a", 1, ChangeSet.Unchanged(7))]));

    [Fact]
    public void EditorCopy_OwnAndOthersChanges_ConfirmedAndMerged()
    {
        var editor = new EditorCopy("a", "Bonjour", 0);
        editor.Type(7, 0, " Ada");
        Accept(0, new ClientUpdate("b", 1, ChangeSet.Replace(7, 0, 0, "« ")));
        Accept(0, [.. editor.Sendable()]);

        editor.Receive(_authority.Since(0)!);

        Assert.Equal(("« Bonjour Ada", 0, 2), (editor.Text, editor.Waiting, editor.Version));
    }

    private void Accept(int version, params ClientUpdate[] updates)
    {
        var answer = _authority.Prepare(version, updates);
        Assert.Equal(PushState.Accepted, answer.State);
        _authority.Receive(answer.Updates);
    }
}
