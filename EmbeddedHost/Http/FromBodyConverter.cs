using System.Text.Json;
using EmbeddedHost.Hosting.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http;

/// <summary>Reads a parameter from the body of the HTTP request that started the function.</summary>
internal sealed class FromBodyConverter : IInputConverter
{
    public async ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        if (context.Source is not HttpRequestData request)
        {
            return ConversionResult.Unhandled();
        }

        try
        {
            var serializer = WorkerSerializer.Of(context.FunctionContext);
            return ConversionResult.Success(
                await serializer.DeserializeAsync(request.Body, context.TargetType, context.FunctionContext.CancellationToken));
        }
        catch (JsonException e)
        {
            return ConversionResult.Failed(new FunctionInputConverterException(
                $"The body is not the JSON of a '{context.TargetType.Name}': {e.Message}", e));
        }
    }
}
