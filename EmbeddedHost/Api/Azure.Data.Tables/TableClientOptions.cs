using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How a client talks to the service. The embedded tables are in process: nothing here changes them.</summary>
public class TableClientOptions : ClientOptions
{
    /// <summary>Options for a version of the service.</summary>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        if (!Enum.IsDefined(serviceVersion))
        {
            throw new ArgumentOutOfRangeException(nameof(serviceVersion), serviceVersion, "Not a version of the table service.");
        }
    }

    /// <summary>The service's versions.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06.</summary>
        V2020_12_06 = 2,
    }

    /// <summary>Whether a token's tenant may be learnt from the service's challenge.</summary>
    public bool EnableTenantDiscovery { get; set; }

    /// <summary>The cloud that tokens are asked for.</summary>
    public TableAudience? Audience { get; set; }
}
