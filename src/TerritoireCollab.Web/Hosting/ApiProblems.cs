using Microsoft.AspNetCore.Mvc;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Errors of the API (RFC 9457), in the reader's language.</summary>
internal static class ApiProblems
{
    public static Task WriteAsync(HttpContext http, int status, Exception? failure = null)
    {
        http.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = failure is ForbiddenException or InvalidInputException or FileHeldException ? failure.Message : null };
        if (failure is InvalidInputException invalid)
            problem.Extensions["errors"] = invalid.Rules.GroupBy(r => char.ToLowerInvariant(r.Field.FirstOrDefault('_')) + (r.Field.Length > 1 ? r.Field[1..] : "")).ToDictionary(g => g.Key, g => g.Select(r => r.Message).ToArray());
        return http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }

    public static string Title(int status) => status switch
    {
        400 or 422 => HostTexts.ApiInvalid,
        401 => HostTexts.SignIn,
        403 => HostTexts.ForbiddenTitle,
        404 => HostTexts.NotFoundTitle,
        413 => HostTexts.TooLargeTitle,
        423 => HostTexts.FileHeldTitle,
        429 => HostTexts.TooManyRequestsTitle,
        503 => HostTexts.UnavailableTitle,
        _ => HostTexts.ErrorTitle,
    };
}
