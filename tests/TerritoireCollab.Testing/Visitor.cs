using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TerritoireCollab.Testing;

/// <summary>Somebody at a browser without script: opens pages, reads them, fills in their forms as they stand, sends them and follows where that leads.</summary>
/// <param name="browser">Keeps the cookies; follows no redirect by itself.</param>
public sealed class Visitor(HttpClient browser)
{
    private const int MostRedirects = 5;
    private string? _token;

    /// <summary>What asks and keeps the cookies, for what no form sends.</summary>
    public HttpClient Browser => browser;

    /// <summary>Opens an address, through its redirects.</summary>
    public async Task<VisitedPage> OpenAsync(string address)
    {
        using var response = await browser.GetAsync(address);
        return await FollowAsync(address, response);
    }

    /// <summary>
    /// Sends a form of <paramref name="page"/> with what stands in it, changed by <paramref name="fields"/> (a null value leaves the
    /// field out, as an unticked box does), and opens what it leads to.
    /// </summary>
    /// <param name="page">Where the form stands.</param>
    /// <param name="form">CSS selector of the form, or of anything in it; a button's own name and value are sent with it.</param>
    /// <param name="fields">Names and values typed, ticked or chosen.</param>
    public Task<VisitedPage> SendAsync(VisitedPage page, string form, params (string Name, string? Value)[] fields) => SendAsync(page, form, [], fields);

    /// <summary>Sends a form with files.</summary>
    /// <param name="page">Where the form stands.</param>
    /// <param name="form">CSS selector of the form, or of anything in it.</param>
    /// <param name="files">Name of the field, name of the file, content.</param>
    /// <param name="fields">Names and values typed, ticked or chosen.</param>
    public async Task<VisitedPage> SendAsync(VisitedPage page, string form, IReadOnlyList<(string Field, string FileName, byte[] Content)> files, params (string Name, string? Value)[] fields)
    {
        var found = page.Document.QuerySelector(form) ?? throw new InvalidOperationException($"{page.Address} has no {form}.");
        var sent = found as IHtmlFormElement ?? (found as IHtmlButtonElement)?.Form ?? found.Closest("form") as IHtmlFormElement ?? throw new InvalidOperationException($"{form} of {page.Address} is in no form.");
        var values = Standing(sent);
        if (found is IHtmlButtonElement { Name.Length: > 0 } button) values.Add((button.Name!, button.Value));
        var changed = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        values.RemoveAll(v => changed.Contains(v.Name));
        values.AddRange(fields.Where(f => f.Value is not null).Select(f => (f.Name, f.Value!)));

        var address = (found as IHtmlButtonElement)?.GetAttribute("formaction") ?? sent.GetAttribute("action");
        var target = string.IsNullOrEmpty(address) ? page.Address : Absolute(page, address);
        if (sent.Method.Equals("get", StringComparison.OrdinalIgnoreCase))
            return await OpenAsync(target.Split('?')[0] + "?" + string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Name)}={Uri.EscapeDataString(v.Value)}")));

        using var content = Content(sent, values, files);
        using var response = await browser.PostAsync(target, content);
        return await FollowAsync(target, response);
    }

    /// <summary>Does a gesture by its address alone, as somebody would whose page shows no button for it; with the token that every form carries.</summary>
    /// <param name="address">Where the form would be sent.</param>
    /// <param name="fields">Names and values.</param>
    public async Task<VisitedPage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        _token ??= (await OpenAsync("/connexion")).ValueOf("__RequestVerificationToken") ?? (await OpenAsync("/groupes")).ValueOf("__RequestVerificationToken")
            ?? throw new InvalidOperationException("No page gave an antiforgery token.");
        using var content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", _token)]);
        using var response = await browser.PostAsync(address, content);
        return await FollowAsync(address, response);
    }

    private async Task<VisitedPage> FollowAsync(string address, HttpResponseMessage first)
    {
        var (response, way) = (first, new List<HttpStatusCode>());
        for (var hops = 0; response.Headers.Location is { } location && hops < MostRedirects; hops++)
        {
            way.Add(response.StatusCode);
            var next = new Uri(new Uri(browser.BaseAddress!, address), location);
            address = next.PathAndQuery;
            if (response != first) response.Dispose();
            response = await browser.GetAsync(address);
        }

        var body = await response.Content.ReadAsStringAsync();
        var document = await BrowsingContext.New().OpenAsync(r => r.Content(body).Address(new Uri(browser.BaseAddress!, address)));
        var page = new VisitedPage(address, response.StatusCode, document, body, way);
        if (response != first) response.Dispose();
        return page;
    }

    private static List<(string Name, string Value)> Standing(IHtmlFormElement form)
    {
        var values = new List<(string, string)>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name.Length: > 0, IsDisabled: false } input when input.Type is not ("submit" or "button" or "image" or "file" or "reset"):
                    if (input.Type is not ("checkbox" or "radio") || input.IsChecked) values.Add((input.Name!, input.Value));
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0, IsDisabled: false } area:
                    values.Add((area.Name!, area.Value));
                    break;
                case IHtmlSelectElement { Name.Length: > 0, IsDisabled: false } select:
                    values.AddRange(select.Options.Where(o => o.IsSelected).Select(o => (select.Name!, o.Value)));
                    break;
            }
        }

        return values;
    }

    private static HttpContent Content(IHtmlFormElement form, List<(string Name, string Value)> values, IReadOnlyList<(string Field, string FileName, byte[] Content)> files)
    {
        if (form.Enctype != "multipart/form-data") return new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));

        var content = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        foreach (var (name, value) in values) content.Add(new StringContent(value, Encoding.UTF8), name);
        foreach (var (field, fileName, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{Named(fileName)}\"");
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(part);
        }

        return content;
    }

    // As browsers write a name (HTML, section 4.10.21.8).
    private static string Named(string fileName) => fileName.Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);

    private static string Absolute(VisitedPage page, string address) => new Uri(new Uri(page.Document.BaseUri), address).PathAndQuery;
}

/// <summary>A page as it came back.</summary>
/// <param name="Address">Where it was found in the end, path and query.</param>
/// <param name="Status">Its status.</param>
/// <param name="Document">Its content.</param>
/// <param name="Body">The same, as it came.</param>
/// <param name="Way">Status of each redirect on the way.</param>
public sealed record VisitedPage(string Address, HttpStatusCode Status, IDocument Document, string Body, IReadOnlyList<HttpStatusCode> Way)
{
    /// <summary>What can be read on it, spaces of any kind run together into one plain space.</summary>
    public string Text => string.Join(' ', (Document.Body?.TextContent ?? Body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether a field of the page is marked as refused.</summary>
    public bool Refuses(string field) => Document.QuerySelector($"[name='{field}'][aria-invalid='true']") is not null;

    /// <summary>What stands in a field.</summary>
    public string? ValueOf(string field) => Document.QuerySelector($"[name='{field}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };
}
