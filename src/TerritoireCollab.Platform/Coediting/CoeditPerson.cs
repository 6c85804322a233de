using Microsoft.AspNetCore.SignalR;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>One open editor: who sits before it, and how much it may send.</summary>
internal sealed class CoeditPerson(HubCallerContext connection, SignedIn member, TimeProvider clock)
{
    // A fast writer sends ten messages a second; a text taken along from an offline day is one of 400 KB.
    private const double MessagesASecond = 40;
    private const double MostMessages = 120;
    private const double BytesASecond = 100_000;
    private const double MostBytes = 2_000_000;

    private double _messages = MostMessages;
    private double _bytes = MostBytes;
    private long _at = clock.GetTimestamp();

    public string ConnectionId => connection.ConnectionId;

    public Guid MemberId => member.Id;

    public Guid SessionId => member.SessionId;

    /// <summary>The editor's own name, once it has joined.</summary>
    public string? ClientId { get; set; }

    /// <summary>The room it has joined.</summary>
    public CoeditRoom? Room { get; set; }

    public bool MayWrite { get; set; }

    public SentPerson ToSent() => new(ClientId ?? "", member.Name, member.Handle);

    /// <summary>Whether one more message of that length is within what it may send. SignalR calls the methods of one connection one after the other.</summary>
    public bool TakesIn(int length)
    {
        var passed = clock.GetElapsedTime(_at).TotalSeconds;
        _at = clock.GetTimestamp();
        _messages = Math.Min(MostMessages, _messages + (passed * MessagesASecond)) - 1;
        _bytes = Math.Min(MostBytes, _bytes + (passed * BytesASecond)) - length;
        return _messages >= 0 && _bytes >= 0;
    }

    public void Close()
    {
        try
        {
            connection.Abort();
        }
        catch (ObjectDisposedException)
        {
            // Gone already.
        }
    }
}
