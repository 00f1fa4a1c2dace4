namespace MappaFlows.Infra.Tests;

/// <summary>What the built template has to say about safety, whatever its files look like.</summary>
public class TemplateTests(BuiltTemplate template) : IClassFixture<BuiltTemplate>
{
    private const string StorageAccount = "Microsoft.Storage/storageAccounts";
    private const string RoleAssignment = "Microsoft.Authorization/roleAssignments";
    private const string SiteConfig = "Microsoft.Web/sites/config";

    [Fact]
    public void Every_storage_account_answers_to_identities_only()
    {
        Assert.Equal(2, template.All(StorageAccount).Count);
        Assert.All(template.All(StorageAccount), account =>
        {
            Assert.Equal("False", account.Property("allowSharedKeyAccess"));
            Assert.Equal("False", account.Property("allowBlobPublicAccess"));
            Assert.Equal("True", account.Property("supportsHttpsTrafficOnly"));
            Assert.Equal("TLS1_2", account.Property("minimumTlsVersion"));
        });
    }

    [Fact]
    public void No_container_is_public()
    {
        var containers = template.All("Microsoft.Storage/storageAccounts/blobServices/containers");

        Assert.NotEmpty(containers);
        Assert.All(containers, container => Assert.Equal("None", container.Property("publicAccess")));
    }

    [Fact]
    public void Case_records_have_a_copy_in_another_region()
    {
        Assert.Equal("Standard_GZRS", template.ParametersOf("recordsStorage").GetProperty("sku").GetProperty("value").GetString());
    }

    [Fact]
    public void Keys_are_switched_off_wherever_a_service_has_them()
    {
        Assert.Equal("True", template.Only("Microsoft.Communication/communicationServices").Property("disableLocalAuth"));
        Assert.Equal("True", template.Only("Microsoft.Insights/components").Property("DisableLocalAuth"));
        Assert.Equal("True", template.Only("Microsoft.OperationalInsights/workspaces").Property("features.disableLocalAuth"));
        Assert.All(
            template.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.Equal("False", policy.Property("allow")));
        Assert.Equal(2, template.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count);
    }

    [Fact]
    public void Nothing_asks_for_an_account_key()
    {
        Assert.All(template.Everything, resource =>
        {
            Assert.DoesNotContain("listKeys", resource.Body.GetRawText(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("listConnectionStrings", resource.Body.GetRawText(), StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public void The_app_runs_dotnet_10_isolated_on_flex_consumption_as_one_user_assigned_identity()
    {
        var app = template.Only("Microsoft.Web/sites");

        Assert.Equal("dotnet-isolated", app.Property("functionAppConfig.runtime.name"));
        Assert.Equal("10.0", app.Property("functionAppConfig.runtime.version"));
        Assert.Equal("UserAssigned", app.Text("identity.type"));
        Assert.Equal("UserAssignedIdentity", app.Property("functionAppConfig.deployment.storage.authentication.type"));
        Assert.Equal("True", app.Property("httpsOnly"));
        Assert.Equal("1.2", app.Property("siteConfig.minTlsVersion"));
        Assert.Equal("1.2", app.Property("siteConfig.scmMinTlsVersion"));
        Assert.Equal("Disabled", app.Property("siteConfig.ftpsState"));
        Assert.Equal("FC1", template.Only("Microsoft.Web/serverfarms").Text("sku.name"));
    }

    [Fact]
    public void The_deployment_tool_finds_the_service()
    {
        Assert.Contains("'azd-service-name', 'api'", template.Only("Microsoft.Web/sites").Text("tags"), StringComparison.Ordinal);
        Assert.Contains(
            "\n  api:\n",
            File.ReadAllText(Path.Combine(BicepCompiler.RepositoryRoot, "azure.yaml")).ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_one_comes_in_without_signing_in_but_the_two_probes()
    {
        var auth = template.Only(SiteConfig, "'authsettingsV2'");

        Assert.Equal("True", auth.Property("platform.enabled"));
        Assert.Equal("True", auth.Property("globalValidation.requireAuthentication"));
        Assert.Equal("RedirectToLoginPage", auth.Property("globalValidation.unauthenticatedClientAction"));
        Assert.Equal("""["/alive","/health"]""", auth.Property("globalValidation.excludedPaths").Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal("True", auth.Property("httpSettings.requireHttps"));
        Assert.Equal("False", auth.Property("login.tokenStore.enabled"));
        Assert.False(template.Parameters.GetProperty("signInClientId").TryGetProperty("defaultValue", out _), "A site without a sign-in must not be deployable.");
    }

    [Theory]
    [InlineData("storageTableDataContributor", "recordsStorageName")]
    [InlineData("storageBlobDataContributor", "auditContainerName")]
    [InlineData("monitoringMetricsPublisher", "componentName")]
    [InlineData("communicationAndEmailServiceOwner", "communicationName")]
    public void The_identity_has_the_one_role_that_each_service_needs(string role, string service)
    {
        var access = template.Only(RoleAssignment, $"variables('roles').{role}");

        Assert.Contains($"variables('roles').{role}", access.Property("roleDefinitionId"), StringComparison.Ordinal);
        Assert.Contains($"parameters('{service}')", access.Text("scope"), StringComparison.Ordinal);
        Assert.Contains("parameters('identityName')", access.Property("principalId"), StringComparison.Ordinal);
        Assert.Equal("ServicePrincipal", access.Property("principalType"));
    }

    [Fact]
    public void The_host_has_blobs_queues_and_tables_of_its_own_account_only()
    {
        var roles = template.TemplateOf("access").GetProperty("variables").GetProperty("hostRoles");
        var grants = template.All(RoleAssignment).Where(a => a.Name.Contains("variables('hostRoles')", StringComparison.Ordinal)).ToList();

        Assert.Equal(
            ["[variables('roles').storageBlobDataOwner]", "[variables('roles').storageQueueDataContributor]", "[variables('roles').storageTableDataContributor]"],
            roles.EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(2, grants.Count);
        Assert.All(grants, grant => Assert.Contains("parameters('hostStorageName')", grant.Text("scope"), StringComparison.Ordinal));
    }

    [Fact]
    public void A_person_has_rights_only_where_one_is_named()
    {
        var grant = template.Only(RoleAssignment, "parameters('personId')");

        Assert.Equal("[not(empty(parameters('personId')))]", grant.Text("condition"));
        Assert.Equal("", template.Parameters.GetProperty("principalId").GetProperty("defaultValue").GetString());
    }

    [Fact]
    public void Roles_are_the_built_in_ones()
    {
        // Fixed by Azure for every tenant; a slip in one of these gives a right to somebody else.
        var roles = template.TemplateOf("access").GetProperty("variables").GetProperty("roles");

        Assert.Equal("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", roles.GetProperty("storageBlobDataOwner").GetString());
        Assert.Equal("ba92f5b4-2d11-453d-a403-e96b0029c9fe", roles.GetProperty("storageBlobDataContributor").GetString());
        Assert.Equal("974c5e8b-45b9-4653-ba55-5f855dd0fb88", roles.GetProperty("storageQueueDataContributor").GetString());
        Assert.Equal("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", roles.GetProperty("storageTableDataContributor").GetString());
        Assert.Equal("3913510d-42f4-4e42-8a64-420c390055eb", roles.GetProperty("monitoringMetricsPublisher").GetString());
        Assert.Equal("09976791-48a7-449e-bb21-39d1a415f350", roles.GetProperty("communicationAndEmailServiceOwner").GetString());
    }

    [Fact]
    public void Audit_heads_are_written_once_and_kept_ten_years()
    {
        var policy = template.Only("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies");

        Assert.Equal("[parameters('retentionDays')]", policy.Property("immutabilityPeriodSinceCreationInDays"));
        Assert.Equal("[parameters('auditRetentionDays')]", template.ParametersOf("audit").GetProperty("retentionDays").GetProperty("value").GetString());
        Assert.Equal(3653, template.Parameters.GetProperty("auditRetentionDays").GetProperty("defaultValue").GetInt32());
    }

    [Theory]
    [InlineData("mappaflows.email.undelivered", "GreaterThan")]
    [InlineData("mappaflows.dates.missed", "GreaterThan")]
    [InlineData("mappaflows.audit.discrepancies", "GreaterThan")]
    [InlineData("mappaflows.outbox.setaside", "GreaterThan")]
    [InlineData("mappaflows.requests.refused", "GreaterThan")]
    [InlineData("mappaflows.sweep.failures", "GreaterThan")]
    [InlineData("mappaflows.sweep.runs", "LessThanOrEqual")]
    public void A_person_hears_of_it(string metric, string @operator)
    {
        var alert = Assert.Single(
            template.TemplateOf("alerts").GetProperty("variables").GetProperty("alerts").EnumerateArray(),
            candidate => candidate.GetProperty("metric").GetString() == metric);
        var rules = template.Only("Microsoft.Insights/scheduledQueryRules");

        Assert.Equal(@operator, alert.GetProperty("operator").GetString());
        Assert.Equal("True", rules.Property("enabled"));
        Assert.Contains("Microsoft.Insights/actionGroups", rules.Property("actions.actionGroups"), StringComparison.Ordinal);
        Assert.Equal("[length(variables('alerts'))]", rules.Text("copy.count"));
    }

    [Fact]
    public void Delivery_reports_reach_a_queue_as_an_identity_of_their_own_even_behind_a_firewall()
    {
        var subscription = template.Only("Microsoft.EventGrid/systemTopics/eventSubscriptions");

        Assert.Contains("Microsoft.Communication.EmailDeliveryReportReceived", subscription.Property("filter.includedEventTypes"), StringComparison.Ordinal);
        Assert.Equal("SystemAssigned", subscription.Property("deliveryWithResourceIdentity.identity.type"));
        Assert.Equal("SystemAssigned", template.Only("Microsoft.EventGrid/systemTopics").Text("identity.type"));
        Assert.Contains(
            "Microsoft.EventGrid/systemTopics",
            template.Only(RoleAssignment, "variables('queueMessageSender')").Property("principalId"),
            StringComparison.Ordinal);
        Assert.Equal("StorageQueue", subscription.Property("deliveryWithResourceIdentity.destination.endpointType"));
    }

    [Fact]
    public void The_front_door_takes_away_what_the_host_answers_badly_and_nobody_comes_past_it()
    {
        var strip = template.Only("Microsoft.Cdn/profiles/ruleSets/rules");
        Assert.Contains("x-ms-invocation-id", strip.Property("actions"), StringComparison.Ordinal);
        Assert.Contains("Delete", strip.Property("actions"), StringComparison.Ordinal);

        var firewall = template.Only("Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
        Assert.Equal("Prevention", firewall.Property("policySettings.mode"));
        Assert.Contains("Content-Length", firewall.Property("customRules.rules"), StringComparison.Ordinal);
        Assert.Contains("RequestMethod", firewall.Property("customRules.rules"), StringComparison.Ordinal);
        Assert.Equal(30_000_000, template.TemplateOf("rules").GetProperty("parameters").GetProperty("maxBodyBytes").GetProperty("defaultValue").GetInt32());
        Assert.Equal("Deny", template.Only(SiteConfig, "'web'").Property("ipSecurityRestrictionsDefaultAction"));
    }

    [Fact]
    public void Email_rests_in_the_United_Kingdom_and_watches_no_reader()
    {
        Assert.Equal("UK", template.Only("Microsoft.Communication/emailServices").Property("dataLocation"));
        Assert.Equal("UK", template.Only("Microsoft.Communication/communicationServices").Property("dataLocation"));
        Assert.Equal("Disabled", template.Only("Microsoft.Communication/emailServices/domains").Property("userEngagementTracking"));
    }

    [Theory]
    [InlineData("network", "[parameters('privateNetworking')]")]
    [InlineData("privateEndpoints", "[parameters('privateNetworking')]")]
    [InlineData("scheduler", "[variables('useScheduler')]")]
    [InlineData("vault", "[variables('useVault')]")]
    [InlineData("entrance", "[parameters('frontDoor')]")]
    [InlineData("rules", "[parameters('frontDoor')]")]
    public void A_part_is_made_only_where_it_is_asked_for(string module, string condition)
    {
        Assert.Equal(condition, template.ConditionOf(module));
    }

    [Fact]
    public void The_vault_keeps_one_secret_and_is_read_by_role()
    {
        var checkpointStore = template.Only("Microsoft.KeyVault/vaults");

        Assert.Equal("True", checkpointStore.Property("enableRbacAuthorization"));
        Assert.Equal("True", checkpointStore.Property("enablePurgeProtection"));
        template.Only("Microsoft.KeyVault/vaults/secrets");
    }

    [Fact]
    public void Every_parameter_that_the_deployment_asks_for_is_one_of_the_template()
    {
        using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(BicepCompiler.InfraFolder, "main.parameters.json")));
        var asked = file.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToHashSet();
        var known = template.Parameters.EnumerateObject().Select(p => p.Name).ToHashSet();
        var required = template.Parameters.EnumerateObject().Where(p => !p.Value.TryGetProperty("defaultValue", out _)).Select(p => p.Name);

        Assert.Subset(known, asked);
        Assert.All(required, name => Assert.Contains(name, asked));
    }
}
