using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Markup;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Ui.Mail;

/// <summary>Makes the two parts of a mail from one <see cref="MailContent"/>. A singleton: holds nothing between two mails.</summary>
public sealed partial class MailRenderer(ILoggerFactory loggers, PlatformOptions options) : IDisposable
{
    private const string DocumentType = "<!DOCTYPE html>\n";

    // A mail is drawn out of its content alone. The services of pages ask for a web server, which a worker does not have.
    private readonly ServiceProvider _nothing = new ServiceCollection().BuildServiceProvider();

    /// <summary>The text part and the HTML part of <paramref name="content"/>, with the same words and links.</summary>
    public async Task<RenderedMail> RenderAsync(MailContent content)
    {
        // A renderer keeps what it drew until it is disposed of, and serves one flow at a time: one a mail.
        await using var renderer = new HtmlRenderer(_nothing, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<MailPage>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MailPage.Mail)] = content,
                [nameof(MailPage.Absolute)] = (Func<string, string>)Absolute,
            }));
            return page.ToHtmlString();
        });
        return new(MailText.Write(content, Absolute), DocumentType + Spelled().Replace(html, s => char.ConvertFromUtf32(int.Parse(s.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
    }

    /// <summary>A text that members wrote, made fit for mails.</summary>
    /// <param name="cleanHtml">Sanitised HTML, as stored.</param>
    public MailProse Prose(string cleanHtml)
    {
        var html = Sanitizer.WithAbsoluteLinks(MailStyles.WithoutPictures(cleanHtml, UiTexts.MailPicture), options.BaseUrl);
        return new(MailStyles.Inline(html), PlainText.FromHtml(html));
    }

    /// <inheritdoc />
    public void Dispose() => _nothing.Dispose();

    // The renderer writes each letter beyond ASCII as a number of up to nine signs: in French a tenth of the mail, and programs cut long ones.
    // From U+00A0 on, where nothing is markup.
    [GeneratedRegex("&#x([A-F][0-9A-F]|[1-9A-F][0-9A-F]{2,4}|10[0-9A-F]{4});", RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();

    private string Absolute(string address) => address.StartsWith('/') ? options.Absolute(address).AbsoluteUri : address;
}
