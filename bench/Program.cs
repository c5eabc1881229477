using Bench;

return await Cli.RunAsync(args);
