using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using T = TerritoireCollab.Ui.Resources.ContentTexts;

namespace TerritoireCollab.Ui.Components;

/// <summary>What was wrong with a form, for its summary and its fields.</summary>
public static class FormErrors
{
    /// <summary>Name by which the summary reaches the composer's files.</summary>
    public const string FilesName = "Body-fichiers";

    /// <summary>The messages; whoever had chosen files is told to choose them again, since a browser does not send them back.</summary>
    /// <param name="invalid">What was refused.</param>
    /// <param name="http">The request.</param>
    /// <param name="prefix">What the names of the fields begin with.</param>
    public static IReadOnlyList<FieldMessage> Of(InvalidInputException invalid, HttpContext http, string prefix = "")
    {
        var files = prefix + FilesName;
        var messages = invalid.Rules.Select(r => new FieldMessage(r.Field == ReceiveFiles.Field ? files : prefix + r.Field, r.Message)).ToList();
        if (http.Request.HasFormContentType && http.Request.Form.Files.Any(f => f.FileName.Length > 0) && messages.TrueForAll(m => m.Name != files))
            messages.Add(new(files, T.AttachAgain));
        return messages;
    }
}
