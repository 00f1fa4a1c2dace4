using MappaFlows.Durable;
using MappaFlows.Functions.Email;
using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

builder.Services.AddCleanTelemetry(builder.Configuration);
builder.Services.AddDurableTasks(new DurableTaskRegistry());
builder.Services.AddAcsEmail(builder.Configuration);

builder.Build().Run();
