package org.maplebridge.signaling.http;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/// The pages, packed beside us as static files. What has a hash in its name is kept for ever, the
/// rest is asked for again each time.
@Configuration(proxyBeanMethods = false)
public class Pages implements WebMvcConfigurer {
    /// Addresses that the staff's page itself tells apart.
    private static final String[] SCREENS = {"/", "/console", "/terminal", "/wall", "/admin"};

    /// For people without an account: a code that was scanned, and what was reported by it.
    private static final String[] REPORTS = {"/report/{code}", "/report/r/{receipt}"};

    /// Who leads a mediation, and who was invited to one.
    private static final String[] TABLES = {"/mediation", "/mediation/join"};

    /// For who goes through an incident again: a page of its own, which no other page carries.
    private static final String REPLAY = "/replay";

    private static final String BUILT = "classpath:/META-INF/resources/";

    /// Shown when the pages were not built.
    private static final String PLACEHOLDER = "classpath:/org/maplebridge/signaling/http/pages/";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        for (var screen : SCREENS) {
            registry.addViewController(screen).setViewName("forward:/index.html");
        }
        for (var table : TABLES) {
            registry.addViewController(table).setViewName("forward:/mediation.html");
        }
        registry.addViewController(REPLAY).setViewName("forward:/replay.html");
        for (var report : REPORTS) {
            registry.addViewController(report).setViewName("forward:/report.html");
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(BUILT + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .resourceChain(true)
                .addResolver(new EncodedResourceResolver())
                .addResolver(new PathResourceResolver());
        registry.addResourceHandler("/**")
                .addResourceLocations(BUILT, PLACEHOLDER)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true)
                .addResolver(new EncodedResourceResolver())
                .addResolver(new PathResourceResolver());
    }
}
