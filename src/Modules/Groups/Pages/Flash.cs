using TerritoireCollab.Groups.Resources;

namespace TerritoireCollab.Groups.Pages;

/// <summary>What the bar says after a gesture, by the word that the redirect carries.</summary>
internal static class Flash
{
    public static string? Of(string? done) => done switch
    {
        "rejoint" => GroupsTexts.DoneJoined,
        "demande" => GroupsTexts.DoneRequested,
        "parti" => GroupsTexts.DoneLeft,
        "rythme" => GroupsTexts.DoneMailLevel,
        "charte" => GroupsTexts.DoneCharter,
        "accepte" => GroupsTexts.DoneAccepted,
        "refuse" => GroupsTexts.DoneRefused,
        "deja" => GroupsTexts.DoneAlready,
        "role" => GroupsTexts.DoneRole,
        "retire" => GroupsTexts.DoneRemoved,
        "cede" => GroupsTexts.DoneHandedOver,
        "archive" => GroupsTexts.DoneArchived,
        "desarchive" => GroupsTexts.DoneUnarchived,
        "ajoute" => GroupsTexts.DoneAdded,
        "deja-membre" => GroupsTexts.DoneAlreadyMember,
        "invite" => GroupsTexts.DoneInvited,
        "reessai" => GroupsTexts.DoneRetry,
        "pas-de-reessai" => GroupsTexts.DoneNoRetry,
        "deja-invite" => GroupsTexts.DoneAlreadyInvited,
        "retiree" => GroupsTexts.DoneWithdrawn,
        "renvoyee" => GroupsTexts.DoneSentAgain,
        "vient-de-partir" => GroupsTexts.DoneJustSent,
        "deja-repondue" => GroupsTexts.DoneAlreadyAnswered,
        "deja-parti" => GroupsTexts.DoneAlreadyGone,
        "charte-changee" => GroupsTexts.CharterMeanwhile,
        "cree" => GroupsTexts.DoneCreated,
        "enregistre" => GroupsTexts.DoneSaved,
        "blocs" => GroupsTexts.DoneBlocks,
        "coche" => GroupsTexts.DoneTicked,
        "lance" => GroupsTexts.DoneLaunched,
        _ => null,
    };
}
