using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace TerritoireCollab.Platform.Files;

/// <summary>Section <c>Territoire:Files:S3</c>.</summary>
public sealed record S3Options
{
    /// <summary>Address of the service; null for Amazon's own in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The bucket, which exists.</summary>
    public required string Bucket { get; init; }

    /// <summary>The region, which is part of the signature.</summary>
    public required string Region { get; init; }

    /// <summary>Key that names the account.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Its secret.</summary>
    public required string SecretKey { get; init; }

    /// <summary>Whether the bucket is named in the path and not in the host name.</summary>
    public bool PathStyle { get; init; }
}

/// <summary>The place where bytes are kept is out of reach, or refuses.</summary>
/// <param name="cause">Why.</param>
public sealed class StorageUnavailableException(Exception cause) : Exception("The store of files does not answer as it should.", cause);

/// <summary>Bytes in a bucket of object storage that speaks the protocol S3, one object each, under its hash.</summary>
public sealed class S3Store : IFileStore, IDisposable
{
    private const string Folder = "fichiers/";

    // Below, one request; above, parts, of which there are at most 10,000.
    private const long PartLength = 16L * 1024 * 1024;
    private const long MostParts = 9_000;

    private readonly S3Options _options;
    private readonly AmazonS3Client _client;

    /// <summary>A store in the bucket of <paramref name="options"/>.</summary>
    public S3Store(S3Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            // Checksums of their own are Amazon's alone; the name of each object is the hash of its bytes already.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint) (config.ServiceURL, config.AuthenticationRegion) = (endpoint.AbsoluteUri, options.Region);
        else config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        _client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <inheritdoc />
    public async Task PutAsync(string sha256, FileStream file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Position = 0;
        try
        {
            if (file.Length <= PartLength)
                await _client.PutObjectAsync(new PutObjectRequest { BucketName = _options.Bucket, Key = KeyOf(sha256), InputStream = file, AutoCloseStream = false, UseChunkEncoding = false }, cancellation);
            else await PutPartsAsync(KeyOf(sha256), file, cancellation);
        }
        catch (Exception failure) when (IsTheirs(failure))
        {
            throw new StorageUnavailableException(failure);
        }
    }

    /// <inheritdoc />
    public async Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation) =>
        await MetadataAsync(sha256, cancellation) is { } found ? new S3ReadStream(_client, _options.Bucket, KeyOf(sha256), found.ContentLength) : null;

    /// <inheritdoc />
    public async Task<DateTime?> SentAtAsync(string sha256, CancellationToken cancellation) => (await MetadataAsync(sha256, cancellation))?.LastModified?.ToUniversalTime();

    /// <inheritdoc />
    public async Task TouchAsync(string sha256, CancellationToken cancellation)
    {
        var key = KeyOf(sha256);
        try
        {
            // A copy onto itself is refused unless something of it changes.
            await _client.CopyObjectAsync(new CopyObjectRequest { SourceBucket = _options.Bucket, SourceKey = key, DestinationBucket = _options.Bucket, DestinationKey = key, MetadataDirective = S3MetadataDirective.REPLACE }, cancellation);
        }
        catch (Exception failure) when (IsTheirs(failure))
        {
            throw new StorageUnavailableException(failure);
        }
    }

    /// <inheritdoc />
    public async Task EraseAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            await _client.DeleteObjectAsync(_options.Bucket, KeyOf(sha256), cancellation);
        }
        catch (Exception failure) when (IsTheirs(failure) && !IsAbsent(failure))
        {
            throw new StorageUnavailableException(failure);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<KeptBytes> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await PageAsync(next, cancellation);
            foreach (var found in page.S3Objects ?? []) yield return new(found.Key[Folder.Length..], found.LastModified?.ToUniversalTime() ?? DateTime.MaxValue);
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    private static string KeyOf(string sha256) => Folder + sha256;

    private async Task<ListObjectsV2Response> PageAsync(string? next, CancellationToken cancellation)
    {
        try
        {
            return await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = Folder, ContinuationToken = next }, cancellation);
        }
        catch (Exception failure) when (IsTheirs(failure))
        {
            throw new StorageUnavailableException(failure);
        }
    }

    private async Task<GetObjectMetadataResponse?> MetadataAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            return await _client.GetObjectMetadataAsync(_options.Bucket, KeyOf(sha256), cancellation);
        }
        catch (Exception failure) when (IsAbsent(failure))
        {
            return null;
        }
        catch (Exception failure) when (IsTheirs(failure))
        {
            throw new StorageUnavailableException(failure);
        }
    }

    private async Task PutPartsAsync(string key, FileStream file, CancellationToken cancellation)
    {
        var upload = (await _client.InitiateMultipartUploadAsync(_options.Bucket, key, cancellation)).UploadId;
        try
        {
            var length = Math.Max(PartLength, (file.Length / MostParts) + 1);
            var parts = new List<PartETag>();
            for (var at = 0L; at < file.Length; at += length)
            {
                var part = await _client.UploadPartAsync(new UploadPartRequest
                {
                    BucketName = _options.Bucket, Key = key, UploadId = upload, PartNumber = parts.Count + 1, InputStream = file, PartSize = Math.Min(length, file.Length - at),
                    IsLastPart = at + length >= file.Length, UseChunkEncoding = false,
                }, cancellation);
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
                file.Position = Math.Min(at + length, file.Length);
            }

            await _client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = _options.Bucket, Key = key, UploadId = upload, PartETags = parts }, cancellation);
        }
        catch
        {
            // Parts of an object that is never completed are paid for.
            await _client.AbortMultipartUploadAsync(_options.Bucket, key, upload, CancellationToken.None);
            throw;
        }
    }

    internal static bool IsAbsent(Exception failure) => failure is AmazonServiceException { StatusCode: HttpStatusCode.NotFound } and not AmazonS3Exception { ErrorCode: "NoSuchBucket" };

    internal static bool IsTheirs(Exception failure) => failure is AmazonServiceException or AmazonClientException or HttpRequestException;
}
