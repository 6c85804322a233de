using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TerritoireCollab.Testing.Fetching;

/// <summary>Certificates made for a test.</summary>
public static class Certificates
{
    /// <summary>One that signs itself and may sign others, also in the name of <c>public.test</c>.</summary>
    public static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("public.test");
        request.CertificateExtensions.Add(names.Build());
        return Usable(request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddYears(-2), TimeProvider.System.GetUtcNow().AddYears(2)));
    }

    /// <summary>With its key where a server finds it.</summary>
    public static X509Certificate2 Usable(X509Certificate2 certificate) => X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
