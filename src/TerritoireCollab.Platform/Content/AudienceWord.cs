namespace TerritoireCollab.Platform.Content;

/// <summary>An audience as the API writes it: <c>group</c>, <c>platform</c> or <c>public</c>.</summary>
public static class AudienceWord
{
    /// <summary>The word of an audience.</summary>
    public static string Of(Audience audience) => audience switch { Audience.Public => "public", Audience.Platform => "platform", _ => "group" };

    /// <summary>The audience of a word; null when there is none; for any other word one that no group allows, so that it is refused at its field.</summary>
    public static Audience? Parse(string? word) => word switch
    {
        null => null,
        "group" => Audience.Group,
        "platform" => Audience.Platform,
        "public" => Audience.Public,
        _ => (Audience)(-1),
    };
}
