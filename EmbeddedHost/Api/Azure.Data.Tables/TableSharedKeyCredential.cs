namespace Azure.Data.Tables;

/// <summary>An account's name and key. The embedded tables ask for no key: the file's permissions guard them.</summary>
public class TableSharedKeyCredential
{
    private string _accountKey;

    /// <summary>Keeps the name and the key (base64).</summary>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentNullException.ThrowIfNull(accountName);
        AccountName = accountName;
        _accountKey = Checked(accountKey);
    }

    /// <summary>The account's name.</summary>
    public string AccountName { get; }

    /// <summary>Takes a rotated key.</summary>
    public void SetAccountKey(string accountKey) => Volatile.Write(ref _accountKey, Checked(accountKey));

    private static string Checked(string accountKey)
    {
        ArgumentNullException.ThrowIfNull(accountKey);
        _ = Convert.FromBase64String(accountKey);
        return accountKey;
    }
}
