namespace TerritoireCollab.Forum;

/// <summary>Names of the gestures that one form of a thread's page sends, as <c>name</c> or <c>name:number</c>: a form for each would double the page.</summary>
internal static class Gestures
{
    public const string Thanks = "merci";
    public const string TakeThanksBack = "sans-merci";
    public const string Useful = "utile";
    public const string TakeUsefulBack = "sans-utile";
    public const string Accept = "retenir";
    public const string Unaccept = "ne-plus-retenir";
    public const string Pin = "epingler";
    public const string Unpin = "desepingler";
    public const string Close = "fermer";
    public const string Reopen = "rouvrir";
    public const string Follow = "suivre";
    public const string Mute = "sourdine";
    public const string Default = "comme-le-groupe";
    public const string Remove = "retirer";
    public const string Restore = "retablir";
    public const string RemoveAnswer = "retirer-reponse";
    public const string RestoreAnswer = "retablir-reponse";
}
