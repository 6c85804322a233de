using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>Speaks tus by hand, so that each header can be left out or be wrong.</summary>
internal sealed class TusClient(HttpClient http)
{
    public const string PieceType = "application/offset+octet-stream";

    public HttpClient Http => http;

    public static HttpRequestMessage Request(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("X-Requested-With", "fetch");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public static string Name(string name) => "filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    public async Task<string> BeginAsync(string name, long length)
    {
        using var answer = await http.SendAsync(Request(HttpMethod.Post, "/depots", ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", Name(name))));
        Assert.Equal(201, (int)answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    public Task<HttpResponseMessage> PieceAsync(string address, long offset, byte[] bytes, params (string Name, string Value)[] headers) => PieceAsync(address, offset, new ByteArrayContent(bytes), headers);

    public async Task<HttpResponseMessage> PieceAsync(string address, long offset, HttpContent content, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Patch, address, [("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), .. headers]);
        content.Headers.ContentType ??= new MediaTypeHeaderValue(PieceType);
        request.Content = content;
        return await http.SendAsync(request);
    }

    public async Task<string> SendAsync(string name, byte[] bytes)
    {
        var address = await BeginAsync(name, bytes.Length);
        using var answer = await PieceAsync(address, 0, bytes);
        Assert.Equal(204, (int)answer.StatusCode);
        return address;
    }

    public async Task<(int Status, string? Offset)> HeadAsync(string address)
    {
        using var answer = await http.SendAsync(Request(HttpMethod.Head, address));
        return ((int)answer.StatusCode, Header(answer, "Upload-Offset"));
    }

    public static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
