using Azure.Storage.Queues;

namespace EmbeddedHost.Tests.Storage.Queues;

public abstract partial class QueueContract
{
    [Fact]
    public async Task Receive_MessageSent_HasItsTextAndTimes()
    {
        var sent = (await Queue.SendMessageAsync("one")).Value;

        var message = await ReceiveOne(TimeSpan.FromMinutes(10));

        Assert.Equal(("one", sent.MessageId, 1L), (message.MessageText, message.MessageId, message.DequeueCount));
        Assert.Equal((sent.InsertionTime, sent.ExpirationTime), (message.InsertedOn!.Value, message.ExpiresOn!.Value));
        Assert.Equal(TimeSpan.FromDays(7), sent.ExpirationTime - sent.InsertionTime);
        Assert.InRange(message.NextVisibleOn!.Value - message.InsertedOn!.Value, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));
        Assert.NotEqual(sent.PopReceipt, message.PopReceipt);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" spaces,\ttabs and\nlines ")]
    [InlineData("<a href=\"x\">&amp; 'quoted'</a>")]
    [InlineData("grüße 你好 🚀")]
    public async Task Receive_AnyText_IsTheTextThatWasSent(string text)
    {
        await Queue.SendMessageAsync(text);

        Assert.Equal(text, (await ReceiveOne()).MessageText);
    }

    [Fact]
    public async Task Receive_Several_ComeInTheOrderInWhichTheyWereSent()
    {
        foreach (var text in (string[])["one", "two", "three", "four"])
        {
            await Queue.SendMessageAsync(text);
        }

        Assert.Equal(["one", "two", "three"], (await Queue.ReceiveMessagesAsync(3)).Value.Select(static message => message.MessageText));
        Assert.Equal(["four"], await Texts());
        Assert.Equal("four", (await ReceiveOne()).MessageText);
        Assert.Empty((await Queue.ReceiveMessagesAsync(3)).Value);
    }

    [Fact]
    public async Task Receive_VisibilityEnds_ComesAgainAndTheFirstReceiptIsNoneAnyMore()
    {
        await Queue.SendMessageAsync("one");
        var first = await ReceiveOne(Second);

        var second = await ReceiveWhenVisible();

        Assert.Equal((first.MessageId, 2L), (second.MessageId, second.DequeueCount));
        await Refused(400, "PopReceiptMismatch", () => Queue.DeleteMessageAsync(first.MessageId, first.PopReceipt));
        await Refused(400, "PopReceiptMismatch", () => Queue.UpdateMessageAsync(first.MessageId, first.PopReceipt, "two"));
        await Queue.DeleteMessageAsync(second.MessageId, second.PopReceipt);
    }

    [Fact]
    public async Task Send_WithADelay_IsHiddenAtFirst()
    {
        await Queue.SendMessageAsync("one", visibilityTimeout: Second);

        Assert.Empty(await Texts());
        Assert.Equal("one", (await ReceiveWhenVisible()).MessageText);
    }

    [Fact]
    public async Task Send_TimeToLiveEnds_IsGone()
    {
        await Queue.SendMessageAsync("one", timeToLive: Second);
        await Queue.SendMessageAsync("for ever", timeToLive: TimeSpan.FromSeconds(-1));

        while ((await Texts()).Count > 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.Equal("for ever", (await ReceiveOne()).MessageText);
        Assert.Null(await ReceiveOne());
    }

    [Fact]
    public async Task Peek_Messages_ChangesNothing()
    {
        await Queue.SendMessageAsync("one");

        var peeked = (await Queue.PeekMessageAsync()).Value;

        Assert.Equal(("one", 0L), (peeked.MessageText, peeked.DequeueCount));
        Assert.Equal((peeked.MessageId, 1L), ((await ReceiveOne()).MessageId, 1L));
        Assert.Null((await Queue.PeekMessageAsync()).Value);
    }

    [Fact]
    public async Task Update_Received_ChangesTextVisibilityAndReceipt()
    {
        await Queue.SendMessageAsync("one");
        var message = await ReceiveOne();

        var update = (await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, "two")).Value;

        Assert.NotEqual(message.PopReceipt, update.PopReceipt);
        await Refused(400, "PopReceiptMismatch", () => Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt));
        Assert.Equal(["two"], await Texts());
        // The sender has a receipt too.
        var later = (await Queue.UpdateMessageAsync(message.MessageId, update.PopReceipt, visibilityTimeout: TimeSpan.FromMinutes(5))).Value;
        Assert.Empty(await Texts());
        await Queue.DeleteMessageAsync(message.MessageId, later.PopReceipt);
        Assert.Equal(0, (await Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task DeleteAndUpdate_NoSuchMessage_AreRefused()
    {
        var sent = (await Queue.SendMessageAsync("one")).Value;
        await Queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt);

        await Refused(404, "MessageNotFound", () => Queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt));
        await Refused(404, "MessageNotFound", () => Queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt, "two"));
    }

    [Fact]
    public async Task Clear_Messages_TakesHiddenOnesToo()
    {
        await Queue.SendMessageAsync("seen");
        await Queue.SendMessageAsync("hidden", visibilityTimeout: TimeSpan.FromMinutes(5));

        await Queue.ClearMessagesAsync();

        Assert.Equal(0, (await Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Send_MoreThan64KiB_IsRefused()
    {
        await Queue.SendMessageAsync(new string('x', 64 * 1024));

        await Refused(413, "RequestBodyTooLarge", () => Queue.SendMessageAsync(new string('x', (64 * 1024) + 1)));
        await Refused(413, "RequestBodyTooLarge", () => Encoding(QueueMessageEncoding.Base64).SendMessageAsync(new string('x', 50 * 1024)));
    }

    [Fact]
    public async Task SendAndReceive_TimesAndNumbersOutOfRange_AreRefused()
    {
        const string OutOfRange = "OutOfRangeQueryParameterValue";

        await Refused(400, OutOfRange, () => Queue.ReceiveMessagesAsync(33), emulatorNamesIt: false);
        await Refused(400, OutOfRange, () => Queue.ReceiveMessagesAsync(0), emulatorNamesIt: false);
        await Refused(400, OutOfRange, () => Queue.PeekMessagesAsync(33), emulatorNamesIt: false);
        await Refused(400, OutOfRange, () => Queue.ReceiveMessageAsync(TimeSpan.FromDays(8)));
        await Refused(400, OutOfRange, () => Queue.SendMessageAsync("one", visibilityTimeout: TimeSpan.FromDays(8)));
        await Refused(400, "InvalidQueryParameterValue", () => Queue.SendMessageAsync("one", visibilityTimeout: 2 * Second, timeToLive: Second));
        await Refused(400, "InvalidQueryParameterValue", () => Queue.SendMessageAsync("one", timeToLive: TimeSpan.Zero));
        Assert.Empty(await Texts());
    }

    [Fact]
    public async Task Send_Base64_IsStoredEncodedAndReadDecoded()
    {
        byte[] body = [0, 1, 0xFE, 0xFF];
        await Encoding(QueueMessageEncoding.Base64).SendMessageAsync(new BinaryData(body));

        Assert.Equal([Convert.ToBase64String(body)], await Texts());
        Assert.Equal(body, (await Encoding(QueueMessageEncoding.Base64).ReceiveMessageAsync()).Value.Body.ToArray());
    }

    [Fact]
    public async Task Receive_TextThatIsNotBase64_GoesToTheHandlerOfItsClient()
    {
        await Queue.SendMessageAsync("not base64!");
        var refused = new List<string>();
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.MessageDecodingFailed += failure =>
        {
            refused.Add(failure.ReceivedMessage.Body.ToString());
            return Task.CompletedTask;
        };

        Assert.Empty((await Encoding(options).ReceiveMessagesAsync()).Value);

        Assert.Equal(["not base64!"], refused);
    }

    [Fact]
    public async Task Receive_ManyAtOnce_GetEachMessageOnce()
    {
        const int Messages = 40;
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => Queue.SendMessageAsync($"{i}")));

        var received = await Task.WhenAll(Enumerable.Range(0, Messages).Select(async _ => (await Queue.ReceiveMessagesAsync(3)).Value));

        Assert.Equal(Messages, received.SelectMany(static batch => batch).Select(static message => message.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(received.SelectMany(static batch => batch), static message => Assert.Equal(1, message.DequeueCount));
    }

    [Fact]
    public void Sync_SendReceiveUpdateDelete_AreThoseOfTheAsyncCalls()
    {
        Queue.SendMessage("one");
        var message = Queue.ReceiveMessage().Value;
        var update = Queue.UpdateMessage(message.MessageId, message.PopReceipt, "two").Value;

        Assert.Equal("two", Queue.PeekMessage().Value.MessageText);
        Assert.Equal(204, Queue.DeleteMessage(message.MessageId, update.PopReceipt).Status);
        Assert.Equal(404, Assert.Throws<Azure.RequestFailedException>(() => Queue.DeleteMessage(message.MessageId, update.PopReceipt)).Status);
    }
}
