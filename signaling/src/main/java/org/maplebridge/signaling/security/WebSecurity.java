package org.maplebridge.signaling.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;

/// Which door needs what, and the headers every answer carries.
///
/// There is no cookie, so no cross-site request can use somebody's sign-in, and CSRF tokens would
/// protect nothing.
public final class WebSecurity {
    /// Pages load nothing from elsewhere. `blob:` is what a page makes itself: snapshots, media.
    /// `%1$s` stands for the other nodes, to which a page may turn, and whose pictures it may show.
    static final String CONTENT_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self';"
                    + " connect-src 'self' ws: wss:%1$s; img-src 'self' data: blob:%1$s;"
                    + " media-src 'self' blob:%1$s; worker-src 'self';"
                    + " manifest-src 'self'; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    static final String PERMISSIONS =
            "camera=(self), microphone=(self), display-capture=(self), screen-wake-lock=(self),"
                    + " geolocation=(self), fullscreen=(self), autoplay=(self), hid=(self),"
                    + " speaker-selection=(self), payment=(), usb=(), serial=(), bluetooth=(),"
                    + " browsing-topics=()";

    private static final String[] OPEN = {
        "/api/login",
        "/api/public/**",
        "/api/openapi.json",
        "/actuator/health/**",
        "/actuator/prometheus"
    };

    private static final List<String> ASKED_WITH =
            List.of(
                    "Authorization",
                    "Content-Type",
                    "Accept",
                    "Range",
                    "Tus-Resumable",
                    "Upload-Length",
                    "Upload-Metadata",
                    "Upload-Offset",
                    "Upload-Checksum");

    private static final List<String> TOLD_WITH =
            List.of("Retry-After", "Location", "Tus-Resumable", "Upload-Offset", "Upload-Length");

    private static final Duration PREFLIGHT = Duration.ofMinutes(10);

    private WebSecurity() {}

    /// The nodes of one county, whose pages turn to each other.
    public interface Siblings {
        boolean isOurs(String origin);

        List<String> addressesElsewhere();
    }

    public static SecurityFilterChain chain(
            HttpSecurity http,
            Callers callers,
            Siblings siblings,
            InstantSource clock,
            int maxBodyBytes) {
        return http.cors(cors -> cors.configurationSource(request -> rules(request, siblings)))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers(headers, siblings))
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(
                                        (_, response, _) -> {
                                            response.setHeader("WWW-Authenticate", "Bearer");
                                            Problem.UNAUTHORIZED.write(response);
                                        })
                                .accessDeniedHandler(
                                        (_, response, _) -> Problem.FORBIDDEN.write(response)))
                .addFilterBefore(new BodyLimitFilter(maxBodyBytes), AuthorizationFilter.class)
                .addFilterBefore(new BearerFilter(callers), BodyLimitFilter.class)
                .addFilterAfter(new SignatureFilter(clock, maxBodyBytes), BodyLimitFilter.class)
                .authorizeHttpRequests(doors ->
                        doors.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(OPEN)
                                .permitAll()
                                .requestMatchers(HttpMethod.OPTIONS, "/whip/**", "/whep/**")
                                .permitAll()
                                .requestMatchers("/whip/**", "/whep/**")
                                .hasAnyAuthority(
                                        CallerAuthentication.PERSON, CallerAuthentication.MACHINE)
                                .requestMatchers(SignatureFilter.PATH + "**")
                                .hasAuthority(CallerAuthentication.MACHINE)
                                .requestMatchers("/api/telephone/**")
                                .hasAuthority(CallerAuthentication.MACHINE)
                                .requestMatchers("/ws")
                                .hasAnyAuthority(
                                        CallerAuthentication.PERSON,
                                        CallerAuthentication.PARTICIPANT)
                                .requestMatchers("/api/table/**")
                                .hasAuthority(CallerAuthentication.PARTICIPANT)
                                .requestMatchers("/api/**", "/actuator/**")
                                .hasAuthority(CallerAuthentication.PERSON)
                                .requestMatchers(HttpMethod.GET, "/**")
                                .permitAll()
                                .requestMatchers(HttpMethod.HEAD, "/**")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .build();
    }

    /// Pages of the other nodes may ask here, since whoever asks shows a token and no cookie. Other
    /// origins are told nothing, so that their browsers refuse.
    private static @Nullable CorsConfiguration rules(
            HttpServletRequest request, Siblings siblings) {
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null
                || !request.getServletPath().startsWith("/api/")
                || !siblings.isOurs(origin)) {
            return null;
        }
        var rules = new CorsConfiguration();
        rules.setAllowedOrigins(List.of(origin));
        rules.setAllowedMethods(List.of("GET", "POST", "DELETE", "HEAD", "PATCH"));
        rules.setAllowedHeaders(ASKED_WITH);
        rules.setExposedHeaders(TOLD_WITH);
        rules.setMaxAge(PREFLIGHT);
        return rules;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, Siblings siblings) {
        headers.addHeaderWriter((_, response) -> limit(response, contentPolicy(siblings)))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .contentTypeOptions(Customizer.withDefaults())
                .httpStrictTransportSecurity(Customizer.withDefaults());
    }

    /// What was sent by anybody is shown under a stricter policy, which its door has set.
    private static void limit(HttpServletResponse response, String policy) {
        if (!response.containsHeader("Content-Security-Policy")) {
            response.setHeader("Content-Security-Policy", policy);
        }
    }

    private static String contentPolicy(Siblings siblings) {
        var others = new StringBuilder();
        siblings.addressesElsewhere().forEach(address -> others.append(' ').append(address));
        return CONTENT_POLICY.formatted(others);
    }
}
