namespace TerritoireCollab.Platform.Content;

/// <summary>Names of the gestures that one form of a thread sends, as <c>name</c> or <c>name:number</c>: a form for each would double the page.</summary>
public static class ThreadGestures
{
    /// <summary>Give « Merci ».</summary>
    public const string Thanks = "merci";
    /// <summary>Take it back.</summary>
    public const string TakeThanksBack = "sans-merci";
    /// <summary>Give « Utile ».</summary>
    public const string Useful = "utile";
    /// <summary>Take it back.</summary>
    public const string TakeUsefulBack = "sans-utile";
    /// <summary>Keep as the answer.</summary>
    public const string Accept = "retenir";
    /// <summary>Keep it no more.</summary>
    public const string Unaccept = "ne-plus-retenir";
    /// <summary>Follow.</summary>
    public const string Follow = "suivre";
    /// <summary>Mute.</summary>
    public const string Mute = "sourdine";
    /// <summary>Follow as the group's level says.</summary>
    public const string Default = "comme-le-groupe";
    /// <summary>Put on top.</summary>
    public const string Pin = "epingler";
    /// <summary>Take down.</summary>
    public const string Unpin = "desepingler";
    /// <summary>Show on the platform's home page.</summary>
    public const string Feature = "mettre-a-la-une";
    /// <summary>Take off it.</summary>
    public const string Unfeature = "retirer-de-la-une";
    /// <summary>Close to comments.</summary>
    public const string Close = "fermer";
    /// <summary>Open again.</summary>
    public const string Reopen = "rouvrir";
    /// <summary>Put the content into the trash.</summary>
    public const string Remove = "retirer";
    /// <summary>Take it out.</summary>
    public const string Restore = "retablir";
    /// <summary>Say that what a comment says of a passage is settled.</summary>
    public const string Settle = "resoudre";
    /// <summary>Say that it is not.</summary>
    public const string Unsettle = "rouvrir-remarque";
    /// <summary>Put an answer into the trash.</summary>
    public const string RemoveAnswer = "retirer-reponse";
    /// <summary>Take it out.</summary>
    public const string RestoreAnswer = "retablir-reponse";
}
