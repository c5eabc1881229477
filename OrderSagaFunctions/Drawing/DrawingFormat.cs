namespace OrderSagaFunctions.Drawing;

/// <summary>How a saga's definition is told.</summary>
internal enum DrawingFormat
{
    /// <summary>Its states and transitions, all of them.</summary>
    Json,

    /// <summary>A Mermaid flowchart, for a README or a wiki.</summary>
    Mermaid,

    /// <summary>The Amazon States Language, for its viewers.</summary>
    Asl,
}
