using System.Text.Json;
using EmbeddedHost.Hosting.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Http.Converters;
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
            if (context.FunctionContext.Features.Get<IFromBodyConversionFeature>() is { } binding)
            {
                return ConversionResult.Success(await binding.ConvertAsync(context.FunctionContext, context.TargetType));
            }

            var serializer = WorkerSerializer.Of(context.FunctionContext);
            return ConversionResult.Success(
                await serializer.DeserializeAsync(request.Body, context.TargetType, context.FunctionContext.CancellationToken));
        }
        catch (JsonException e)
        {
            return ConversionResult.Failed(new FunctionInputConverterException(
                $"The body is not the JSON of a '{context.TargetType.Name}': {e.Message}", e));
        }
        catch (InvalidOperationException e) when (context.FunctionContext.Features.Get<IFromBodyConversionFeature>() is not null)
        {
            // How the ASP.NET Core integration says what the body lacks, a sentence a line.
            return ConversionResult.Failed(new FunctionInputConverterException(
                $"The body is no '{context.TargetType.Name}': {e.Message.ReplaceLineEndings(" ").TrimEnd()}", e));
        }
    }
}
