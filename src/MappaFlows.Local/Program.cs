using MappaFlows.Local;

return await LocalHost.RunAsync(args);
