using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Forum;

/// <summary>Names of the gestures that one form of a thread's page sends, as <c>name</c> or <c>name:number</c>: a form for each would double the page.</summary>
internal static class Gestures
{
    public const string Thanks = ThreadGestures.Thanks;
    public const string TakeThanksBack = ThreadGestures.TakeThanksBack;
    public const string Useful = ThreadGestures.Useful;
    public const string TakeUsefulBack = ThreadGestures.TakeUsefulBack;
    public const string Accept = ThreadGestures.Accept;
    public const string Unaccept = ThreadGestures.Unaccept;
    public const string Pin = ThreadGestures.Pin;
    public const string Unpin = ThreadGestures.Unpin;
    public const string Close = ThreadGestures.Close;
    public const string Reopen = ThreadGestures.Reopen;
    public const string Follow = ThreadGestures.Follow;
    public const string Mute = ThreadGestures.Mute;
    public const string Default = ThreadGestures.Default;
    public const string Remove = ThreadGestures.Remove;
    public const string Restore = ThreadGestures.Restore;
    public const string RemoveAnswer = ThreadGestures.RemoveAnswer;
    public const string RestoreAnswer = ThreadGestures.RestoreAnswer;
}
